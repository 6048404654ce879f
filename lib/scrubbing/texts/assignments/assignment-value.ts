import { FILTERED, isMarker } from '../../markers/marker.js';
import { endOfExpression, isKeyFile, isMetavariable, isPlaceholder, isVersion } from '../../markers/placeholders.js';
import type { KeyFacts } from '../../names/key-facts.js';
import { EQUALS } from './assignment-separator.js';
import { isCode, isDescribed } from './code-values.js';
import { isState } from './prose-values.js';
import { isEmptyValue, skipClass } from './inspected-values.js';
import { endOfVariable } from './dotenv-lines.js';
import { endOfBare, endOfContainer, endOfLine, endOfQuoted, skipSpaces } from './value-bounds.js';

/** `{"prompt":12,"completion":5}` under the name of a measure. */
const COUNTS = /^\{[\s\w"':,.-]{0,400}\}$/;
const NEVER_REMOVED = /^(?:true|false|yes|no|on|off|null|undefined|none|nil|)$/i;
/** `Basic ${btoa(`, up to a quote in the template. */
const TEMPLATE_CALL = /^(?:[A-Za-z]{2,10} )?\$\{[A-Za-z_$][\w$.]{0,60}\(/;
/** A dash in place of a value, or the scheme before one that follows. */
const NO_VALUE = /^(?:[-–—.…]+|[)\]};,\s]+|(?:bearer|basic|token)\s*)$/i;
const SCHEME =
  /^(?:bearer|basic|digest|(?:api-?)?token|negotiate|apikey|ntlm|hawk|aws4-hmac-sha256|signature|mutual|oauth|dpop|gnap|geniekey|ssws|private-token)[ \t]/i;
const AUTHORIZATION = /authori[sz]ation$/i;
const ANY_SCHEME = /^[A-Za-z][\w-]{0,30}[ \t]{1,4}(?=[^\s]{6})/;
/** Tags of CloudFormation, Home Assistant and Ansible refer to a value elsewhere. */
const TAG =
  /^(?!!(?:Ref|GetAtt|ImportValue|secret|env|env_var|reference)\b)(?:(?:!{1,2}[\w:/.-]{0,40}|&[\w-]{1,40})[ \t]{1,8}){1,2}(?=[^\s=])/;
/** The words of a wallet's seed. */
const SEED_NAME = /mnemonic|seed|phrase|words/i;
const SEED = /[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}(?![\w:-])/y;
/** Schemes whose credentials take the rest of the line. */
const LINE_SCHEME = /^(?:digest|aws4|hawk|signature|oauth)/i;
/** `"Jwt:Secret"`: the path to a setting of .NET. */
const SETTING =
  /^(?:Secret|SecretKey|Key|ApiKey|Token|Password|Issuer|Audience|Authority|ClientId|ClientSecret|Expir\w{2,20}|ConnectionString)$/;
const NAMESPACE = /^auth:[a-z]{2,20}(?::[a-z*]{1,20}){0,3}$/;
const RANDOM = /^(?=[^\s]{8,}$)(?=.*\d)(?=.*[A-Za-z])/;

/** `/shop;jsessionid=x?page=2`: a path, whose query follows. */
const SESSION_ID = /sess(?:ion)?_?id$/i;
const SEMICOLON = 59;
const MAX_SESSION_ID = 400;

/** How a value is written in the text. */
export interface ValueSyntax {
  /** Length of the opening quote; 0 for none. */
  quote: number;
  /** The value follows a colon and a space, as in a sentence. */
  prose: boolean;
  /** No space is around the `=` before it. */
  tight: boolean;
  /** The text is a line of source code. */
  code: boolean;
}

/** Whether the value of a name with these facts is removed. */
export function isSecretValue(
  value: string,
  name: string,
  facts: KeyFacts,
  { quote, prose, tight, code }: ValueSyntax,
): boolean {
  if (facts.rule === undefined) return facts.vendor?.test(value) === true;
  if (value.length < 10 && (NEVER_REMOVED.test(value) || NO_VALUE.test(value))) return false;
  if (value.charCodeAt(0) === 91 && isMarker(value)) return false;
  if (
    isPlaceholder(value) ||
    (quote === 0 && isMetavariable(value, name)) ||
    isEmptyValue(value) ||
    isVersion(value) ||
    isKeyFile(value) ||
    facts.descriptive?.test(value)
  )
    return false;
  if (quote === 0 && (isDescribed(value) || (!tight && isCode(value)))) return false;
  if (TEMPLATE_CALL.test(value)) return false;
  if (
    quote === 0 &&
    (isSameName(value, name) ||
      (!prose && SETTING.test(value)) ||
      (!prose && name.startsWith('auth') && NAMESPACE.test(`${name}:${value}`)))
  )
    return false;
  const { counts } = facts;
  if (counts && value.length < 20 && /^[\d.,]+$/.test(value)) return false;
  if (counts && value.length < 400 && value.includes(':') && COUNTS.test(value) && !/:\s{0,4}["'A-Za-z]/.test(value))
    return false;
  if (prose && isState(value, name)) return false;
  return !code || (quote > 0 && RANDOM.test(value));
}

/** `SET token_version = token_version + 1`, `token = excluded.token`, `this.apiKey = apiKey`: the column or the member itself. */
function isSameName(value: string, name: string): boolean {
  if (value === name || (value.length >= 5 && name.endsWith(`.${value}`))) return true;
  return value.length < 120 && value.endsWith(`.${name}`) && /^[A-Za-z_]\w{0,40}\./.test(value);
}

/** The position after the name of an authentication scheme, which is no secret itself; after `Authorization`, of any. */
export function skipScheme(text: string, start: number, name: string): number {
  if (/type$/i.test(name)) return start; // `token_type=Bearer expires_in=3600`
  const scheme =
    SCHEME.exec(text.slice(start, start + 24)) ??
    (AUTHORIZATION.test(name) ? ANY_SCHEME.exec(text.slice(start, start + 120)) : null);
  return scheme ? skipSpaces(text, start + scheme[0].length) : start;
}

/** The position after a YAML tag or anchor: `!!str x`, `&name x`. */
export function skipYamlTag(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code !== 33 && code !== 38) return start;
  const tag = TAG.exec(text.slice(start, start + 100));
  return tag ? start + tag[0].length : start;
}

/** Several values of Python: `auth=('kim', 'x')`. */
const TUPLE =
  /\(\s{0,4}[a-z]{0,2}(?:"[^"\r\n]{0,400}"|'[^'\r\n]{0,400}')(?:\s{0,4},\s{0,4}(?:[a-z]{0,2}"[^"\r\n]{0,400}"|[a-z]{0,2}'[^'\r\n]{0,400}'|[\w.]{1,60})){0,8}\s{0,4},?\s{0,4}\)/y;

/**
 * Where the value ends.
 *
 * @param spaced - the first character after the separator and spaces
 * @param start - the first character of the value, after its quote or authentication scheme
 */
export function endOfValue(
  text: string,
  spaced: number,
  start: number,
  quote: number,
  separator: number,
  name: string,
): number {
  const expression = quote > 0 && !text.startsWith('{{', start) ? -1 : endOfExpression(text, start);
  if (quote > 0)
    return text.charCodeAt(expression) === text.charCodeAt(start - 1) ? expression : endOfQuoted(text, spaced, start);
  if (expression !== -1 && /^[\s,;)\]}"'`]?$/.test(text.charAt(expression))) return expression;
  const seed = endOfSeed(text, start, name);
  if (seed !== -1) return seed;
  const object = skipClass(text, start);
  if (object > start) return endOfContainer(text, object);
  const code = text.charCodeAt(start);
  if (code === 123 || code === 91) {
    const marked = text.startsWith(FILTERED.slice(0, 9), start) ? text.indexOf(']', start) : -1;
    return marked === -1 ? endOfContainer(text, start) : marked + 1;
  }
  if (code === 40) {
    TUPLE.lastIndex = start;
    if (TUPLE.test(text)) return TUPLE.lastIndex;
  }
  if (start > spaced) {
    return LINE_SCHEME.test(text.slice(spaced, start))
      ? endOfLine(text, start, separator - name.length - 1)
      : endOfBare(text, start, false);
  }
  if (text.charCodeAt(separator) !== EQUALS) return endOfBare(text, start, false);
  if (text.charCodeAt(separator - name.length - 1) === SEMICOLON && SESSION_ID.test(name)) {
    const query = text.slice(start, start + MAX_SESSION_ID).search(/[?#/]/);
    const end = endOfBare(text, start, true);
    return query === -1 ? end : Math.min(end, start + query);
  }
  return endOfVariable(text, start, separator) ?? endOfBare(text, start, true);
}

function endOfSeed(text: string, start: number, name: string): number {
  if (!SEED_NAME.test(name)) return -1;
  SEED.lastIndex = start;
  return SEED.test(text) ? SEED.lastIndex : -1;
}
