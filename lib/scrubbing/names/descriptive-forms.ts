/** What values look like that describe a secret, measure it or refer to it. */

const PLAIN = '(?:[A-Za-z]*\\d{0,2}[ ._/-]){0,12}[A-Za-z]+\\d{0,2}';
const LINK =
  '(?:[a-z][a-z\\d+.-]{0,20}:\\/\\/|\\/|[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,10}(?::\\d{1,5})?(?:\\/|$)|localhost\\b)';
const DATE = '\\d{4}-\\d\\d-\\d\\d\\S{0,20}|\\d{10}(?:\\d{3})?';
const SPAN =
  '\\d{1,9}(?:\\.\\d{1,6})? ?(?:ms|s|sec|m|min|h|d|w|y|minutes?|seconds?|hours?|days?|weeks?|months?|years?)?';
const SETTING =
  '0|1|on|off|yes|no|true|false|always|never|enabled|disabled|required|optional|pending|done|automatic|manual|daily|weekly|monthly|none';

export const ADDRESS = new RegExp(`^${LINK}`, 'i');
export const HOST = new RegExp(`^(?:${LINK}|[a-z][a-z-]{0,30}\\d{0,3}(?::\\d{1,5})?$)`, 'i');
export const CONTRACT = /^0x[\da-f]{40}$/i;
export const FILE = /^[^\s]{0,400}(?:[/\\][^\s]{1,200}|\.[a-z]{1,5})$/i;
export const TITLE = new RegExp(`^${PLAIN}$`);
export const KIND =
  /^(?:[A-Za-z][A-Za-z_+-]{0,24}|[A-Za-z]{1,8}(?:-[A-Za-z]{1,8}){0,3}-\d{1,3}|[A-Za-z]{1,8}\d{1,3}|[A-Z]{2,6}\d{1,4}[A-Z_-]{0,12}|\d{1,4})$/;
export const WORD = /^[A-Za-z][A-Za-z_+-]{0,24}$/;
export const STANDARD = /^(?:erc|bep|trc|spl)-?\d{0,5}$/i;
export const SYMBOL = /^\$?[A-Z][A-Z\d.]{1,9}$/;
export const VERSION = /^v?\d{1,5}(?:\.\d{1,5}){0,3}$/;
export const FLAG = new RegExp(`^(?:${SETTING})$`, 'i');
export const TIME = new RegExp(`^(?:${DATE}|${SPAN}|${SETTING})$`, 'i');
export const AMOUNT = new RegExp(`^-?(?:${SPAN})%?$`, 'i');
export const NUMBER = /^\d{1,10}$/;
export const SCOPES = /^[a-z][\w:.*/-]{0,40}(?:[ ,][a-z][\w:.*/-]{0,40}){0,30}$/;
export const ARN = /^arn:[\w-]{2,12}:/;
export const IDENTIFIER = /^(?:[A-Za-z_$][A-Za-z_.-]{0,40}|\d{1,6})$/;
/** Not of a secret itself: `secret_id` of Vault opens it. */
export const ID = /^[\w.:/@+-]{1,64}$/;
/** What refers to a secret elsewhere: a path, or words. */
export const REFERENCE = /^(?:[A-Za-z]{1,20}(?:[ ._-][A-Za-z]{1,20}){0,6}|[\w.-]{0,60}\/[\w./:#-]{1,200})$/;
/** The beginning of a key, or its end: too short to be one. */
export const HEAD = /^[\w.:*…-]{1,12}$/;
export const TAIL = /^[.…*]{0,6}\w{1,4}$/;
export const FINGERPRINT = /^(?:[A-Za-z\d-]{2,10}:)?[\w+/=:-]{4,128}$/;
/** The id of a public key, as releases are signed with it. */
export const GPG_ID = /^(?:0x)?(?:[\dA-F]{8}|[\dA-F]{16}|[\dA-F]{40})$/;
export const PATTERN = /^(?=.{1,400}$)(?:[/^]|.*?(?:\$$|\\[dwsDWS]|\[[^\]]{1,60}\]|\.\*|\{\d))/;
/** Words without one that mixes letters and digits, as passwords do; or the code of an error. */
export const MESSAGE =
  /^(?![^\n]{0,400}[A-Za-z]\d)(?:[\p{L}"'`([][\p{L}\d\s"'`.,:;!?()[\]<>=/_-]{1,400}|[•●*]{2,40}|\d{1,5})$/u;
/** Several words of letters: a sentence, not a password. */
export const SENTENCE = /^[\p{L}"'`][\p{L}"'`-]*(?:[ ,;:]{1,2}[\p{L}\d"'`()<>=-]{1,24}){2,40}[.!?]?$/u;
export const FETCH_MODE = /^(?:same-origin|include|omit)$/;
/** What is said about a secret instead of it. */
export const STATE =
  /^(?:(?:un)?changed|(?:un|not )?set|missing|present|absent|required|optional|(?:in)?valid|expired|configured|provided|too (?:short|long|weak))$/i;
