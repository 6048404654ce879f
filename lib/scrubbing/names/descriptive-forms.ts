import { hasOpaquePart, JOINED } from './opaque-words.js';

/** What values look like that describe a secret, measure it or refer to it. */

/** Tells a value that only describes a secret. */
export interface Form {
  test(value: string): boolean;
}

function without(form: Form, excluded: Form): Form {
  return { test: (value) => form.test(value) && !excluded.test(value) };
}

function both(first: Form, second: Form): Form {
  return { test: (value) => first.test(value) && second.test(value) };
}

const OPAQUE: Form = { test: hasOpaquePart };

const PLAIN = '(?:[A-Za-z]*\\d{0,2}[ ._/-]){0,12}[A-Za-z]+\\d{0,2}';
const LINK =
  '(?:[a-z][a-z\\d+.-]{0,20}:\\/\\/|\\/|(?:[\\w-]{1,63}\\.){1,10}[a-z]{2,24}(?::\\d{1,5})?(?:\\/|$)|(?:\\d{1,3}\\.){3}\\d{1,3}\\b|localhost\\b)';
const DATE = '\\d{4}-\\d\\d-\\d\\d(?:[ T][\\d:.]{4,18}(?:Z|[+-]\\d\\d:?\\d\\d)?)?|\\d{10}(?:\\d{3})?';
const UNIT = '(?:ms|s|sec|m|min|h|d|w|y|minutes?|seconds?|hours?|days?|weeks?|months?|years?)';
const SPAN = `\\d{1,9}(?:\\.\\d{1,6})? ?${UNIT}?`;
const SETTING =
  '0|1|on|off|yes|no|true|false|always|never|enabled|disabled|required|optional|pending|done|automatic|manual|daily|weekly|monthly|none';

export const ADDRESS = without(new RegExp(`^${LINK}`, 'i'), OPAQUE);
export const HOST = without(new RegExp(`^(?:${LINK}|[a-z][a-z-]{0,30}\\d{0,3}(?::\\d{1,5})?$)`, 'i'), OPAQUE);
export const CONTRACT = /^0x[\da-f]{40}$/i;
/** With an extension, or in a directory that is a plain word. */
export const FILE = without(
  /^(?:[^\s]{0,400}\.[a-z]{2,5}\d?|(?:[A-Za-z]:|~|\.{1,2}|%\w{1,30}%|\$\w{1,30})[/\\][^\s]{1,400}|[^\s]{0,200}(?<![^/\\])[a-z][a-z_-]{1,30}[/\\][^\s]{0,400})$/,
  OPAQUE,
);
export const TITLE = new RegExp(`^${PLAIN}$`);
export const KIND =
  /^(?:[A-Za-z][A-Za-z_+-]{0,24}|[A-Za-z]{1,8}(?:-[A-Za-z]{1,8}){0,3}-\d{1,3}|[A-Za-z]{1,8}\d{1,3}|[A-Z]{2,6}\d{1,4}[A-Z_-]{0,12}|\d{1,3}|azure-active-directory-[a-z-]{2,30}|urn:(?:ietf|oasis|openid):[a-z][a-z:_-]{2,60}[a-z\d:._-]{0,40}|argon2(?:id|i|d)|pbkdf2[a-z\d-]{0,20}|x25519|ed25519|secp\d{3}[kr]1)$/;
/** Of a check: its outcome. */
export const CHECK =
  /^(?:ok|pass(?:ed)?|fail(?:ed|ure)?|success|(?:in)?valid|(?:un|not )?matched|match|mismatch|skip(?:ped)?|pending|done|required|(?:un)?(?:checked|verified|available)|not[ _]checked|unknown|true|false|yes|no|[MNPUSXYZ])$/i;
/** What may stay of a value of digits: no digits of a PIN. */
export const NO_DIGITS: Form = { test: (value) => !/^[\d .-]{3,9}$/.test(value) };
export const WORD = /^[A-Za-z][A-Za-z_+-]{0,24}$/;
export const STANDARD = /^(?:erc|bep|trc|spl)-?\d{0,5}$/i;
export const SYMBOL = /^\$?[A-Z][A-Z\d.]{1,9}$/;
export const VERSION = /^(?:v?\d{1,5}(?:\.\d{1,5}){0,3}|AWS(?:CURRENT|PREVIOUS|PENDING)|latest)$/;
/** The directory of a shell: `PWD=/home/kim/shop`. */
export const DIRECTORY = /^\/(?:[a-z][a-z_-]{0,40}\d{0,2}(?:\/|$)){0,20}$/;
/** Of a chip or a board, or how many there are: `pin: 13`. */
export const CONTACT = /^\d{1,2}$/;
export const FLAG = new RegExp(`^(?:${SETTING})$`, 'i');
export const TIME = new RegExp(`^(?:${DATE}|${SPAN}|${SETTING})$`, 'i');
/** When or whether something happened. */
export const EVENT = new RegExp(`^(?:${DATE}|\\d{1,2}|\\d{1,9}(?:\\.\\d{1,6})? ?${UNIT}|${SETTING})$`, 'i');
export const AMOUNT = new RegExp(`^-?(?:${SPAN})%?$`, 'i');
export const NUMBER = /^\d{1,10}$/;
export const SCOPES = /^[a-z][\w:.*/-]{0,40}(?:[ ,][a-z][\w:.*/-]{0,40}){0,30}$/;
export const ARN = /^arn:[\w-]{2,12}:/;
export const IDENTIFIER = /^(?:[A-Za-z_$][A-Za-z_.-]{0,40}|\d{1,6})$/;
/** Not of a secret itself: `secret_id` of Vault opens it. */
export const ID = without(/^[\w.:/@+-]{1,64}$/, /(?=[\w-]{0,40}\d)(?=[\w-]{0,40}[a-z])(?=[\w-]{0,40}[A-Z])[\w-]{32}/);
/** What refers to a secret elsewhere: a path, or words. */
export const REFERENCE = /^(?:[A-Za-z]{1,20}(?:[ ._-][A-Za-z]{1,20}){0,6}|[\w.-]{0,60}\/[\w./:#-]{1,200})$/;
/** The beginning of a key, or its end: too short to be one. */
export const HEAD = /^[\w.:*…-]{1,12}$/;
export const TAIL = /^[.…*]{0,6}\w{1,4}$/;
export const FINGERPRINT = /^(?:[A-Za-z\d-]{2,10}:)?[\w+/=:-]{4,128}$/;
/** The id of a public key, as releases are signed with it. */
export const GPG_ID = /^(?:0x)?(?:[\dA-F]{8}|[\dA-F]{16}|[\dA-F]{40})$/;
/** At least two constructs of a regular expression. */
export const PATTERN: Form = {
  test: (value) =>
    value.length <= 400 &&
    (value.match(/^\/?\^|\$(?:\/\w{0,6})?$|\\[dwsDWSb]|\[[^\]]{1,60}\]|\.[*+]|\{\d|\(\?/g)?.length ?? 0) > 1,
};
/** At least two words, none of which mixes letters and digits, as passwords do; or a single one that says what is wrong. */
export const MESSAGE = without(
  /^(?:["'`([]{0,2}\p{L}[\p{L}"'`’)\]-]{0,40}[ .,:;!?()[\]<>=/"'`_-]{1,6}(?=[^\p{L}]{0,200}\p{L})[\p{L}\d\s"'`’.,:;!?()[\]<>=/_-]{1,400}|[•●*]{2,40}|(?:required|missing|(?:in)?valid|expired|failed|wrong|incorrect|rejected|denied|revoked|unknown|empty|(?:too )?(?:short|long|weak)|unauthorized|forbidden|password|passphrase|secret|token|pin|code|key|api[ _-]?key)[.!]?)$/iu,
  JOINED,
);
/** When it ended, or what is said about it. */
export const ENDED: Form = { test: (value) => EVENT.test(value) || MESSAGE.test(value) };
/** The code of an error: a number, or words joined as in code. */
export const CODE = without(/^(?:\d{1,5}|[A-Za-z]+(?:[ _.:-][A-Za-z]+){0,10})$/, JOINED);
/** Several words of letters: a sentence, not a password. */
export const SENTENCE = /^[\p{L}"'`][\p{L}"'`-]*(?:[ ,;:]{1,2}[\p{L}\d"'`()<>=-]{1,24}){2,40}[.!?]?$/u;
export const FETCH_MODE = /^(?:same-origin|include|omit)$/;
/** What is said about a secret instead of it. */
export const STATE =
  /^(?:(?:un)?changed|(?:un|not )?set|missing|present|absent|required|optional|(?:in)?valid|expired|configured|provided|on|off|enabled|disabled|too (?:short|long|weak))$/i;

export function ofDigits(form: Form): Form {
  return both(form, NO_DIGITS);
}
