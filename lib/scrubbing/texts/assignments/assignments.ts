import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { isMessage } from '../../names/validation-messages.js';
import { isNotAName, nameBefore } from './assignment-name.js';
import {
  COLON,
  COMMA,
  EQUALS,
  endsLiteral,
  isTight,
  nextSeparator,
  skipArrow,
  skipLines,
} from './assignment-separator.js';
import { endOfValue, isSecretValue, skipScheme, skipYamlTag } from './assignment-value.js';
import { literalsIn } from './code-literals.js';
import { beginsCode, isCodeName, isOfSpecification } from './code-values.js';
import { endOfNextWord, endsOfChanged, endsOfJoined, endsOfListed } from './further-values.js';
import { bufferAt, skipInspectedHead } from './inspected-values.js';
import { beginsSentence, isDeed, isLexeme, isMechanism, isTally } from './prose-values.js';
import { endOfWords } from './several-words.js';
import {
  endOfContainer,
  endOfContinued,
  endOfDoubled,
  endOfLine,
  endOfQuoted,
  quoteAt,
  skipSpaces,
} from './value-bounds.js';
import { blockAfter, hereDocument } from './yaml-blocks.js';
import { nestedValues } from './yaml-values.js';

/** Steps to read a name and to decide about it. */
const STEPS_PER_SEPARATOR = 600;
const MAX_LABEL_LENGTH = 40;
/** To find the cookies of a list. */
const STEPS_PER_CHARACTER = 8;
/** A word in a sentence about a secret is the secret, if it is random and as long. */
const MIN_RANDOM = 20;
/** `DB_PASSWORD= CITY=Bergen`: the variable is empty, and another one follows. */
const VARIABLE_AFTER = /^[A-Z][A-Z\d_]{1,60}=/;
const MAX_VARIABLE = 80;

/**
 * Finds `name=value`, `name: value`, `"name":"value"` and `name => value` in any text. At each separator, the name is
 * read backwards and the value forwards. Values of sensitive names are replaced; everything else is kept.
 *
 * @param code - the text is a line of source code: only quoted values that look random are secrets
 * @param scrubCookies - scrubs the value of a `Cookie:` or `Set-Cookie:` line
 */
export function scrubAssignments(
  text: string,
  keys: KeyRules,
  code: boolean,
  scrubCookies: (text: string) => string,
  work: WorkMeter,
): string {
  let out = '';
  let copied = 0;
  let at = 0;
  const length = text.length;
  while (at < length) {
    at = nextSeparator(text, at);
    if (at === -1) break;
    if (at < copied) {
      at++;
      continue;
    }
    work.charge(STEPS_PER_SEPARATOR);
    const name = nameBefore(text, at, copied, work);
    let from = at + 1;
    if (name === '') {
      at = from;
      continue;
    }
    if (name.endsWith('[Filtered')) {
      at = from + text.slice(from, from + MAX_LABEL_LENGTH).indexOf(']') + 1; // the colon inside a marker
      continue;
    }
    const facts = keys.of(name);
    if (facts.cookies && (text.charCodeAt(at) === COLON || quoteAt(text, from) > 0)) {
      from = skipSpaces(text, from);
      const quote = quoteAt(text, from);
      if (!/[[{]/.test(text.charAt(from))) {
        const end = quote === 0 ? endOfLine(text, from, at - name.length - 1) : endOfQuoted(text, from, from + quote);
        from += quote;
        const cookies = text.slice(from, end);
        const clean = cookies.includes('=') ? scrubCookies(cookies) : cookies; // `cookie?: string` is a type
        if (clean !== cookies) {
          out += text.slice(copied, from) + clean;
          copied = end;
        }
        at = end;
        continue;
      }
      const list = listedCookies(text, from, scrubCookies, work);
      if (list) {
        out += text.slice(copied, from) + list.clean;
        copied = at = list.end;
        continue;
      }
    }
    if (
      (facts.rule === undefined && facts.vendor === undefined) ||
      isNotAName(text, at, name, facts) ||
      endsLiteral(text, at, name)
    ) {
      at = from;
      continue;
    }
    if (beginsCode(text, at, name)) {
      work.charge(STEPS_PER_SEPARATOR);
      for (const { start, end } of code ? [] : literalsIn(text, from)) {
        out += text.slice(copied, start) + FILTERED;
        copied = at = end;
      }
      at = Math.max(at, from);
      continue;
    }
    const block = text.charCodeAt(at) === COLON ? blockAfter(text, from, at) : hereDocument(text, from);
    if (block) {
      if (facts.rule !== undefined) {
        out += text.slice(copied, block.start) + FILTERED;
        copied = block.end;
      }
      at = Math.max(block.end, from);
      continue;
    }
    const nested =
      text.charCodeAt(at) === COLON && facts.rule !== undefined ? nestedValues(text, from, at, name) : undefined;
    if (nested) {
      for (const { start, end } of nested.values) {
        out += text.slice(copied, start) + FILTERED;
        copied = end;
      }
      at = nested.end;
      continue;
    }
    const spaced =
      text.charCodeAt(at) === COMMA
        ? skipLines(text, from)
        : skipInspectedHead(text, skipYamlTag(text, skipSpaces(text, skipArrow(text, from))));
    const quote = quoteAt(text, spaced);
    const buffer = bufferAt(text, spaced);
    const start = buffer?.start ?? (quote > 0 ? spaced + quote : skipScheme(text, spaced, name));
    const words = quote === 0 && buffer === undefined && start === spaced ? endOfWords(text, at, name, start) : -1;
    let end = buffer?.end ?? (words > start ? words : endOfValue(text, spaced, start, quote, at, name));
    if (quote === 0 && text.charCodeAt(at) === EQUALS) end = endOfContinued(text, end);
    if (quote === 0 && start > at + 1 && VARIABLE_AFTER.test(text.slice(start, start + MAX_VARIABLE))) {
      at = start; // the variable has a value of its own
      continue;
    }
    const spacing = quote === 0 && spaced > from;
    const tight = isTight(text, at, spaced);
    const prose = spacing && text.charCodeAt(at) === COLON;
    if (
      isSecretValue(text.slice(start, end), name, facts, { quote, prose, tight, code }) &&
      !(spacing && words === -1 && beginsSentence(text, spaced, at)) &&
      !(quote === 0 && isAside(text, at, name, start, end)) &&
      !isCodeName(text, at, name, { start, end, quote }, keys) &&
      !(text.charCodeAt(at) === COMMA && isMessage(text.slice(start, end)))
    ) {
      out += text.slice(copied, start) + FILTERED;
      if (prose && words === -1) end = endOfNextWord(text, start, end);
      if (quote === 1) end = endOfDoubled(text, end);
      copied = end;
      for (const joined of [
        ...(quote === 1 ? endsOfJoined(text, end) : []),
        ...endsOfChanged(text, end),
        ...endsOfListed(text, end, quote, name),
      ]) {
        out += text.slice(copied, joined.start) + FILTERED;
        copied = end = joined.end;
      }
    }
    if (quote > 0 && copied < end && facts.rule !== undefined && isPlaceholder(text.slice(start, end))) {
      for (const changed of endsOfChanged(text, end)) {
        if (isPlaceholder(text.slice(changed.start, changed.end))) break;
        out += text.slice(copied, changed.start) + FILTERED;
        copied = end = changed.end;
      }
    }
    if (prose && end > copied && words === -1 && facts.rule !== undefined) {
      const next = endOfNextWord(text, start, end, MIN_RANDOM);
      if (next > end) {
        out += `${text.slice(copied, end + 1)}${FILTERED}`;
        copied = end = next;
      }
    }
    if (quote === 0 && !tight && !code && facts.rule !== undefined) {
      work.charge(STEPS_PER_SEPARATOR);
      for (const literal of literalsIn(text, Math.max(start, copied))) {
        out += text.slice(copied, literal.start) + FILTERED;
        copied = end = literal.end;
      }
    }
    // what is no key of the vendor may be an object with names of its own
    at = facts.rule === undefined && end > copied ? from : Math.max(end, at + 1);
  }
  return copied === 0 ? text : out + text.slice(copied);
}

const MAX_COOKIES_LENGTH = 8_000;
const COOKIE = /(?<=["'`])[^"'`\r\n=]{1,100}=[^"'`\r\n]{1,4000}(?=["'`])/g;

/** `set-cookie: [ 'sid=x; Path=/', 'theme=dark' ]`: the cookies of a list, without those that are secret. */
function listedCookies(
  text: string,
  from: number,
  scrubCookies: (text: string) => string,
  work: WorkMeter,
): { clean: string; end: number } | undefined {
  if (text.charCodeAt(from) !== 91) return undefined;
  const end = endOfContainer(text, from, Math.min(text.length, from + MAX_COOKIES_LENGTH));
  work.charge((end - from) * STEPS_PER_CHARACTER);
  const list = text.slice(from, end);
  const clean = list.replace(COOKIE, scrubCookies);
  return clean === list ? undefined : { clean, end };
}

/** What is written like the value of a name without quotes, but is none. */
function isAside(text: string, separator: number, name: string, start: number, end: number): boolean {
  if (end - start > 60) return false;
  const value = text.slice(start, end);
  return (
    (start === separator + 1 && (isDeed(text, separator, name, value) || isMechanism(name, value))) ||
    isLexeme(text, separator, name, value) ||
    isTally(text, name, value, start, end) ||
    isOfSpecification(text, value, start)
  );
}
