import { STEPS_PER_EXCEPTION, type WorkMeter } from '../../limits/work-meter.js';
import { isMarker } from '../../markers/marker.js';
import type { KeyFacts } from '../../names/key-facts.js';
import { WIDE_COLON } from '../encodings/character-codes.js';
import { entityBefore } from './quote-entities.js';
import { isQuote } from './value-bounds.js';

export const MAX_NAME_LENGTH = 96;
const MAX_OWNER_LENGTH = 64;
const MAX_ARN_LENGTH = 120;
const COLON = 58;
const ENCODED = /%[0-9a-f]{2}/i;
const EQUALS = 61;

/** `TokenExpiredError: jwt expired`: the name of a class, not of a value. */
const CLASS_NAME =
  /(?:Error|Exception|Guard|Strategy|Service|Module|Controller|Middleware|Interceptor|Handler|Provider|Resolver|Gateway|Manager|Warning)$/;
const FILE_NAME = /\.(?:[cm]?[jt]sx?|py|go|rb|java|kt|php|cs|rs|vue|json|ya?ml|html?|sql)$/i;
/** `registry/token-service:2.14.0`, `src/token:12`: a version or a line after a path. */
const TAG = /^(?:v?\d+\.\d|latest|\d{1,4}(?::|$))/;
/** The name is the beginning of a key, whose id follows: `GET reset_token:7`. */
const REDIS_COMMAND =
  /(?<![\w.-])["']?(?:P?SETEX|SET(?:NX)?|GET(?:SET|DEL|EX)?|DEL|UNLINK|EXISTS|P?EXPIRE|P?TTL|H(?:M?[SG]ET|GETALL|DEL)|MGET|MSET|INCR|DECR)["']?[ ]["']?$/i;
/** Markdown: `[api-keys]: https://shop.test`. */
const REFERENCE_LINK = /^\]: {1,4}https?:/;
/** Words that mean little without the word before: `key`, and the types of variables. */
const OWNED = /^(?:keys?|string|str|codes?|number|phrase|data)$/i;
/** The last word of `mot de passe`. */
const FRENCH = 'passe';
const OF_FRENCH = /(?<![\w-])(?:mots?|phrase) de $/i;
/** Before the name of a type: `&str`, `*string`, `&'static str`. */
const REFERENCE = /[&*](?:'[a-z]{1,20} )?(?:mut )?$/;
/** What a service, not a parser, calls an invalid token; the ids of Stripe have a prefix. */
const RANDOM_NEXT = /^\s?["'`]?(?!tok_)(?=[\w.-]{0,60}\d)(?=[\w.-]{0,60}[A-Za-z])[\w.-]{8,}/;
/** Errors of parsers, and of Stripe: `Unexpected token: keyword (else)`, `No such token: 'tok_x'`. */
const UNEXPECTED_TOKEN = /(?:unexpected|illegal|invalid|no such) token[ "'`]{0,2}$/i;

/** The name that ends before the separator, without the quotes and spaces between them. */
export function nameBefore(text: string, separator: number, floor: number, work: WorkMeter): string {
  if (text.charCodeAt(separator - 1) === 91) return ''; // `--password[=name]`, in a manual
  let end = separator;
  let skipped = 0;
  const operator = text.charCodeAt(end - 1);
  if (text.charCodeAt(separator) === EQUALS && (operator === 46 || operator === 43)) end--; // `.=` and `+=`
  while (end > floor && skipped < 8) {
    const step =
      isBetween(text.charCodeAt(end - 1)) || isSymbolEnd(text, end) ? noteBefore(text, end) : entityBefore(text, end);
    if (step === 0) break;
    end -= step;
    skipped++;
  }
  if (end < floor) return '';
  if (text.charCodeAt(end) === 93 && endsMarker(text, end)) return '';
  let start = end;
  while (start > floor && end - start < MAX_NAME_LENGTH && isNameCode(text.charCodeAt(start - 1))) start--;
  if (isTypePrefix(text.charCodeAt(start - 1)) && OWNED.test(text.slice(start, Math.min(end, start + 8)))) {
    const type = REFERENCE.exec(text.slice(Math.max(floor, start - 32), start))?.[0].length ?? 0;
    if (type > 0 || text.charCodeAt(start - 1) === 32) start = startOfOwner(text, start - type, floor);
  }
  if (end - start === FRENCH.length && text.slice(start, end).toLowerCase() === FRENCH)
    start -= OF_FRENCH.exec(text.slice(Math.max(floor, start - 10), start))?.[0].length ?? 0;
  const name = text.slice(start, end);
  if (!name.includes('%') || !ENCODED.test(name)) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    work.charge(STEPS_PER_EXCEPTION);
    return name; // a stray percent sign: the name is checked as it is
  }
}

/** `urn:ietf:params:oauth:grant-type:jwt-bearer` */
const OAUTH_URN = 'urn:ietf:params:';

/** What precedes a colon without being the name of a value: a class, a file before its line, a part of an ARN. */
export function isNotAName(text: string, separator: number, name: string, facts: KeyFacts): boolean {
  if (text.charCodeAt(separator) !== COLON) return isPadded(text, separator, name);
  if (CLASS_NAME.test(name) || FILE_NAME.test(name)) return true;
  if (
    name === 'token' &&
    UNEXPECTED_TOKEN.test(text.slice(Math.max(0, separator - 20), separator)) &&
    !RANDOM_NEXT.test(text.slice(separator + 1, separator + 80))
  )
    return true;
  if (facts.rule === '@session') return !isQuote(text.charCodeAt(separator - 1));
  const start = separator - name.length;
  if (name === 'oauth' && text.startsWith(OAUTH_URN, start - OAUTH_URN.length)) return true;
  if (REDIS_COMMAND.test(text.slice(Math.max(0, start - 14), start))) return true;
  if (name.startsWith('[') && REFERENCE_LINK.test(text.slice(separator - 1, separator + 12))) return true;
  if (text.charCodeAt(start - 1) === 47 && TAG.test(text.slice(separator + 1, separator + 8))) return true;
  return (
    text.charCodeAt(start - 1) === COLON && text.slice(Math.max(0, start - MAX_ARN_LENGTH), start).includes('arn:')
  );
}

/** `secret-live-x1Y2…=`: base64 that ends in its padding. */
function isPadded(text: string, separator: number, name: string): boolean {
  return (
    name.length >= 24 &&
    /^=?(?:[\s"'`,;)]|$)/.test(text.slice(separator + 1, separator + 3)) &&
    /\d/.test(name) &&
    /[a-z]/.test(name) &&
    /[A-Z]/.test(name)
  );
}

export function isNameCode(code: number): boolean {
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
    (code > 127 && code !== WIDE_COLON)
  );
}

/** A space, `&` or `*`. */
function isTypePrefix(code: number): boolean {
  return code === 32 || code === 38 || code === 42;
}

/** `API key: …`, `var apiToken string = …`, `token: string = …`: the word before belongs to the name. */
function startOfOwner(text: string, start: number, floor: number): number {
  let at = start - 1;
  if (text.charCodeAt(at - 1) === COLON) at--;
  while (at > floor && start - at < MAX_OWNER_LENGTH && isNameCode(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The length of a footnote's number, as in joi's `"password" [1]: "x"`; 1 if there is none. */
function noteBefore(text: string, end: number): number {
  if (text.charCodeAt(end - 1) !== 93) return 1;
  return /["'] \[\d[\d, ]{0,12}\]$/.exec(text.slice(Math.max(0, end - 18), end))?.[0].slice(1).length ?? 1;
}

/** `[Symbol(token)]: 'x'`, as `util.inspect` prints it. */
function isSymbolEnd(text: string, end: number): boolean {
  return text.charCodeAt(end - 1) === 41 && text.charCodeAt(end) === 93;
}

/** This bracket closes a marker: what precedes it is not a name. */
function endsMarker(text: string, bracket: number): boolean {
  const near = text.slice(Math.max(0, bracket - 47), bracket + 1); // bounded: this runs at every separator
  return isMarker(near.slice(near.lastIndexOf('[')));
}

/** Spaces, quotes and punctuation that may stand between a name and its separator. */
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
