import { FILTERED, isMarker } from '../../markers/marker.js';
import type { KeyFacts, KeyRules } from '../../names/key-rules.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import { entityBefore } from './quote-entities.js';
import { blockBehind } from './yaml-blocks.js';
import { endOfBare, endOfContainer, endOfLine, endOfQuoted, quoteAt } from './value-bounds.js';

const LONGEST_KEY = 96;
const EQUALS = 61;
const COLON = 58;
const COMMA = 44;
const BAR = 124;
/** `{"prompt":12,"completion":5}` under a name that counts. */
const COUNTS = /^\{[\s\w"':,.-]{0,400}\}$/;
const NEVER = /^(?:true|false|null|undefined|none|nil|)$/i;
/** What follows `password:` in a sentence about the field: a validation message, a type. */
const PROSE =
  /^(?:must|should|shall|is|are|was|has|have|had|can|cannot|could|may|will|would|not|no|too|does|did|invalid|required|missing|expired|wrong|incorrect|unknown|empty|failed|failure|error|ok|string|number|boolean|object|any|the|a|an|please|length|mismatch|rejected|revoked|denied|accepted|valid|for|and|or|oauth2?|oidc|saml2?|ldap|kerberos|basic|bearer|digest|jwt|anonymous|disabled|enabled|Invalid|Required|Missing|Expired|Must|Should|Please|Not)$/;
/** `TokenExpiredError: jwt expired`: the name of a class, not of a value. */
const CLASS_NAME =
  /(?:Error|Exception|Guard|Strategy|Service|Module|Controller|Middleware|Interceptor|Handler|Provider|Resolver|Gateway|Manager|Warning)$/;
const SCHEME =
  /^(?:bearer|basic|digest|(?:api-?)?token|negotiate|apikey|ntlm|hawk|aws4-hmac-sha256|signature|mutual|oauth|dpop|gnap|geniekey|ssws|private-token)\s/i;
const FILE_NAME = /\.(?:[cm]?[jt]sx?|py|go|rb|java|kt|php|cs|rs|vue|json|ya?ml|html?|sql)$/i;
/** Words that say little without the one before: `key`, and the types of variables. */
const OWNED = /^(?:key|string|str)$/i;
/** What parsers say: `Unexpected token: keyword (else)`. */
const UNEXPECTED = /(?:unexpected|illegal|invalid) token$/i;
const LONGEST_ARN = 120;
const LINE_SCHEME = /^(?:digest|aws4|hawk|signature|oauth)/i;
/** `token = getToken(`: code that was quoted in a message. */
const CALL = /^[A-Za-z_$][\w$]*(?:\.[\w$]+){0,8}\((?:\w{0,20}\))?;?$/;
const RANDOM = /^(?=[^\s]{8,}$)(?=.*\d)(?=.*[A-Za-z])/;

/** How texts with assignments are read. */
export interface AssignmentReading {
  /** Scrubs the value of a `Cookie:` or `Set-Cookie:` line. */
  cookies(text: string): string;
  /** A line of source code: only a quoted value that looks random is a secret. */
  code: boolean;
}

/**
 * Finds `name=value`, `name: value`, `"name":"value"` and `name => value` in any text, one look at each separator: the
 * name is read backwards, the value forwards. Values of sensitive names are replaced, the rest stays as it is.
 */
export function scrubAssignments(text: string, keys: KeyRules, reading: AssignmentReading): string {
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
    const name = nameBefore(text, at, copied);
    let from = at + 1;
    if (name === '') {
      at = from;
      continue;
    }
    if (name.endsWith('[Filtered')) {
      at = text.indexOf(']', at) + 1 || from; // the colon inside a marker
      continue;
    }
    const facts = keys.of(name);
    if (facts.cookies && text.charCodeAt(at) === COLON) {
      from = skipSpaces(text, from);
      if (quoteAt(text, from) === 0) {
        const end = endOfLine(text, from, at - name.length - 1);
        const cookies = text.slice(from, end);
        const clean = cookies.includes('=') ? reading.cookies(cookies) : cookies; // `cookie?: string` is a type
        if (clean !== cookies) {
          out += text.slice(copied, from) + clean;
          copied = end;
        }
        at = end;
        continue;
      }
    }
    if ((facts.rule === undefined && facts.vendor === undefined) || isNoName(text, at, name, facts)) {
      at = from;
      continue;
    }
    const block = text.charCodeAt(at) === COLON ? blockBehind(text, from, at) : undefined;
    if (block) {
      if (facts.rule !== undefined) {
        out += text.slice(copied, block.start) + FILTERED;
        copied = block.end;
      }
      at = Math.max(block.end, from);
      continue;
    }
    const spaced = skipSpaces(text, skipArrow(text, from));
    const quote = quoteAt(text, spaced);
    const start = quote > 0 ? spaced + quote : afterScheme(text, spaced);
    const end = endOfValue(text, spaced, start, quote, at, name);
    const value = text.slice(start, end);
    const prose = quote === 0 && spaced > from && text.charCodeAt(at) === COLON;
    if (goes(value, facts, prose, quote, reading.code)) {
      out += text.slice(copied, start) + FILTERED;
      copied = end;
    }
    at = Math.max(end, at + 1);
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** What stands before a colon and is no name of a value: a class, a file before its line, a part of an ARN. */
function isNoName(text: string, separator: number, name: string, facts: KeyFacts): boolean {
  if (text.charCodeAt(separator) !== COLON) return false;
  if (CLASS_NAME.test(name) || FILE_NAME.test(name)) return true;
  if (name === 'token' && UNEXPECTED.test(text.slice(Math.max(0, separator - 20), separator))) return true;
  if (facts.rule === '@session') return !isQuoteCode(text.charCodeAt(separator - 1));
  const start = separator - name.length;
  return text.charCodeAt(start - 1) === COLON && text.slice(Math.max(0, start - LONGEST_ARN), start).includes('arn:');
}

function goes(value: string, facts: KeyFacts, prose: boolean, quote: number, code: boolean): boolean {
  if (facts.rule === undefined) return facts.vendor?.test(value) === true;
  if (value.length < 10 && NEVER.test(value)) return false;
  if (value.charCodeAt(0) === 91 && isMarker(value)) return false;
  if (isPlaceholder(value) || facts.described?.test(value)) return false;
  if (quote === 0 && CALL.test(value)) return false;
  const { counts } = facts;
  if (counts && value.length < 20 && /^[\d.,]+$/.test(value)) return false;
  if (counts && value.length < 400 && COUNTS.test(value) && !/:\s{0,4}["'A-Za-z]/.test(value)) return false;
  if (prose && PROSE.test(value.length > 16 ? '' : value.replace(/[.!]$/, ''))) return false;
  return !code || (quote > 0 && RANDOM.test(value));
}

/** Behind the name of an authentication scheme, which says how, not what. */
function afterScheme(text: string, start: number): number {
  const scheme = SCHEME.exec(text.slice(start, start + 24));
  return scheme ? skipSpaces(text, start + scheme[0].length) : start;
}

function nextSeparator(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === EQUALS || code === COLON) return at;
    if (code === COMMA && isQuoteCode(text.charCodeAt(at - 1)) && isArgument(text, at)) return at;
    if (code === BAR && text.charCodeAt(at - 1) === BAR && isQuoteCode(text.charCodeAt(skipSpaces(text, at + 1))))
      return at;
  }
  return -1;
}

/** `setenv("API_TOKEN", "…")`, `["password","…"]`: a call or a pair whose first text names the second. */
function isArgument(text: string, comma: number): boolean {
  if (quoteAt(text, skipSpaces(text, comma + 1)) === 0) return false;
  let at = comma - 2;
  while (at > comma - LONGEST_KEY && isNameCode(text.charCodeAt(at))) at--;
  while (text.charCodeAt(at) === 92 || isQuoteCode(text.charCodeAt(at))) at--;
  const open = text.charCodeAt(at);
  return open === 40 || open === 91;
}

function isQuoteCode(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

/** The name that ends before the separator, with quotes and spaces between them left out. */
function nameBefore(text: string, separator: number, floor: number): string {
  let end = separator;
  let skipped = 0;
  const operator = text.charCodeAt(end - 1);
  if (text.charCodeAt(separator) === EQUALS && (operator === 46 || operator === 43)) end--; // `.=` and `+=`
  while (end > floor && skipped < 8) {
    const step = isBetween(text.charCodeAt(end - 1)) ? 1 : entityBefore(text, end);
    if (step === 0) break;
    end -= step;
    skipped++;
  }
  if (end < floor) return '';
  if (text.charCodeAt(end) === 93 && endsMarker(text, end)) return '';
  let start = end;
  while (start > floor && end - start < LONGEST_KEY && isNameCode(text.charCodeAt(start - 1))) start--;
  if (text.charCodeAt(start - 1) === 32 && OWNED.test(text.slice(start, Math.min(end, start + 8)))) {
    start = withOwner(text, start, floor);
  }
  const name = text.slice(start, end);
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a stray percent sign: the name is judged as it stands
  }
}

/** `API key: …`, `var apiToken string = …`, `token: string = …`: the word before belongs to the name. */
function withOwner(text: string, start: number, floor: number): number {
  let at = start - 1;
  if (text.charCodeAt(at - 1) === COLON) at--;
  while (at > floor && start - at < 64 && isNameCode(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The bracket at this place closes a marker: what stands before it is no name. */
function endsMarker(text: string, bracket: number): boolean {
  const near = text.slice(Math.max(0, bracket - 47), bracket + 1); // bounded: this runs at every separator
  return isMarker(near.slice(near.lastIndexOf('[')));
}

function isBetween(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 34 ||
    code === 39 ||
    code === 96 ||
    code === 92 ||
    code === 58 ||
    code === 93 ||
    code === 124 ||
    code === 63
  );
}

function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46 ||
    code === 37 ||
    code === 91 ||
    code === 93 ||
    code > 127
  );
}

function skipArrow(text: string, at: number): number {
  let next = at;
  while (
    next < at + 3 &&
    (text.charCodeAt(next) === 62 ||
      text.charCodeAt(next) === EQUALS ||
      text.charCodeAt(next) === COLON ||
      text.charCodeAt(next) === BAR)
  )
    next++;
  return next;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < from + 16 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return at;
}

function endOfValue(
  text: string,
  spaced: number,
  start: number,
  quote: number,
  separator: number,
  name: string,
): number {
  if (quote > 0) return endOfQuoted(text, spaced, start);
  const code = text.charCodeAt(start);
  if (code === 123 || code === 91) {
    const marked = text.startsWith(FILTERED.slice(0, 9), start) ? text.indexOf(']', start) : -1;
    return marked === -1 ? endOfContainer(text, start) : marked + 1;
  }
  if (start > spaced) {
    return LINE_SCHEME.test(text.slice(spaced, start))
      ? endOfLine(text, start, separator - name.length - 1)
      : endOfBare(text, start, false);
  }
  return endOfBare(text, start, text.charCodeAt(separator) === EQUALS);
}
