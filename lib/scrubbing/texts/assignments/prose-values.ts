import { COLON, EQUALS } from './assignment-separator.js';
import { isNameCode } from './assignment-name.js';

/** What follows `password:` in a sentence about the field: a validation message, a state, a type. */
const STATE =
  /^(?:must|should|shall|is|are|was|has|have|had|can|cannot|could|may|will|would|not|no|too|does|did|invalid|required|missing|expired|wrong|incorrect|unknown|empty|failed|failure|error|ok|string|String|str|int|bool|float|dict|number|secrets?|tokens?|credentials?|boolean|object|any|the|a|an|please|length|mismatch|rejected|revoked|denied|accepted|valid|for|with|using|and|or|oauth2?|oidc|saml2?|ldap|kerberos|basic|bearer|digest|jwt|anonymous|disabled|enabled|minimum|maximum|min|max|at|header|field|value|values|type|types|expected|got|received|needs|need|only|already|weak|short|Buffer|Uint8Array|Promise|Array|Record|Map|Set|Date|SecretStr|bytes|uuid|UUID|text|TEXT|jsonb?|bytea|blob|BLOB|any|unknown|never|void|Invalid|Required|Missing|Expired|Must|Should|Please|Not|configured|present|loaded|set|unset|absent|provided|found|used|unused|updated|deleted|created|rotated|stored|saved|sent|generated|refreshed|issued|granted|verified|checking|changed|pending|available|unavailable|supported|unsupported|ignored|skipped|removed|cleared|redacted|hidden|masked|encrypted|hashed|contains?|includes?|settings|undefined|passed|matches|matched|mismatched|exists|known|optional|nullable|cancell?ed|aborted|none|limited)$/;
/** The same in other languages, as validators have them. */
const FOREIGN_STATE =
  /^(?:muss|darf|ist|fehlt|falsch|leer|ungültig\w{0,2}|erforderlich|pflichtfeld|mindestens|zu|nicht|kein\w{0,2}|abgelaufen|minimaal|verplicht|ongeldig|onjuist|moet|mag|ontbreekt|niet|champ|obligatoire|requis\w?|invalide|incorrecte?|doit|manquant|expiré\w?|au|trop|pas|campo|obligatori[ao]s?|requerid[ao]|inv[aá]lid[ao]|incorrect[ao]|debe|deve|obrigatóri[ao]|incorret[ao]|expirad[ao]|muy|muito|troppo|scadut[ao]|non|não|jest|wymagane|nieprawidłow[eay]|musi|krävs|ogiltigt?|måste|felaktigt?|obligatorisk\w?|påkrævet|påkrevd|ugyldig\w?|skal|må|for|kan|mangler)$/i;
/** `token: 15m`: how long it is valid. */
const SPAN = /^\d{1,5}(?:ms|s|m|h|d|w|y)$/;
/** Names whose values are digits. */
const OF_DIGITS = /(?:otp|totp|pin|cv[vc]2?|code|pwd|passcode)s?$/i;
const SENTENCE =
  /(?:[A-Z]\w{0,60}(?:Error|Exception)(?=:?\s|$)|(?:Encrypted|Malformed|Unsupported)(?= (?:[A-Za-z]{2,12} ){0,3}(?:key|format|cipher|algorithm)\b)|Path(?= `)|(?:job|task|attempt|batch|run)(?= #?(?=[a-f-]{0,36}\d)[\da-f-]{1,36}[ .,;])|(?:The|An|Your|There|Both|Either|Expected|Must|Should|Cannot|Please|Invalid|Field|Value|Enter|Provide|Unexpected|Unable|Failed|Could|Login|Access|This|Wrong|Incorrect|Missing)(?= [a-z"'`]{1,20}[ .,;]|$)|[A-Z][a-z]{1,20}(?=(?:[ ,]{1,2}["'`(]{0,2}[\w$.[\]-]{1,40}["'`)]{0,2}){0,3}[ ,]{1,2}(?:must|should|shall|is|are|was|were|has|have|cannot|can't|could|can|may|need(?:s|ed)?|required|invalid|too|expected|failed|refused|denied|expired|missing|does|do|did|not|contains?|exceeds?|timed|rejected|received|match(?:es)?|characters?|digits?|letters?|at least|at most)\b|[ ](?:short|long|weak|blank|empty|required|missing|invalid|failed|expired|denied|refused|wrong|characters?)\b))/y;
/** The same with any first word: `ports must be within range`, `Used to sign the cookie`, `settings for the connection`. */
const PLAIN_SENTENCE =
  /(?:[A-Za-z][a-z'’]{0,14}|[A-Z]{2,6}) (?:[A-Za-z][a-z'’-]{0,14} ){0,2}(?:must|should|may|cannot|be|been|to|the|an?|your|their|its|this|that|these|which|when|if|within|without)[ ][A-Za-z"'`(]/y;
const BACKTICK = 96;
/** After a name in backticks: `session`: The options of the session. */
const DOCUMENTED = /^[A-Za-z][a-z]{1,20}[ ][*`]{0,2}[A-Za-z]/;
/** `bad auth : authentication failed` */
const FAILURE =
  /(?:authentication|authorization|signature|verification|validation|login|access|request|user|account|session|connection|permission|header|credentials?|decryption) (?:failed|denied|refused|expired|required|missing|invalid|rejected|mismatch|errors?|disabled|locked|incorrect|not|is|was)\b/iy;
/** What a parser is at: `next token: identifier`. */
const LEXEME = /\b(?:next|current|previous|last|expected|lookahead|cancellation|end) token["'`]? ?$/i;
/** What happens to a secret, or may be done with it: in scopes, events, queues and scripts. */
const DEED = new RegExp(
  `^(?:${(
    'read write list get create update delete remove admin manage all view edit use sign verify validate check test run build lint rotate revoke refresh ' +
    'renew reset change changed expire expired expiring created updated deleted removed rotated revoked refreshed issued used login logout signin signup ' +
    'register registered request requested required confirm confirmed confirmation forgot forgotten recover recovery set show find search import export ' +
    'sync generate generated encrypt decrypt hash compare access grant granted deny denied allow allowed block blocked lock locked unlock unlocked enable ' +
    'disable enabled disabled send sent resend start started stop stopped done fail failed failure success error errors missing invalid valid ready init seed ' +
    'migrate clean install publish deploy clear cleared watch dev help info status count total job jobs queue worker event events mail mails email emails ' +
    'hover focus active visited before after not first last nth checked ' +
    'cleanup purge scan audit none any self own rotation expiry service'
  )
    .split(' ')
    .join('|')})\\d?(?:[:./](?:[a-z]{2,14}|\\d{1,6}|\\*)){0,4}[,;.:*/]?$`,
);
/** Names whose value may be any word: only what is around it tells a deed from it. */
const OF_WORDS = /(?:^|[-_.])(?:password|passwd|passphrase|pwd|pass|pin|otp|passcode|code)$/i;
const SCOPED =
  /\b(?:scopes?|events?|jobs?|queues?|run|yarn|p?npm|bun|workers?|tasks?|topics?|channels?|permissions?|scripts?|subscribed to|emit(?:ted)?|emitting|publish(?:ed)?|on\()["'`:=]{0,2} ?["'`[]?$/i;
const OUTCOME =
  /^["'`]? (?:again|failed|finished|completed|succeeded|started|done|took|is not|was|is a|not found|after|timed out)\b/;
/** A name that is a deed itself: `reset-password:42`. */
const DEED_NAME =
  /^(?:reset|forgot|change|update|verify|confirm|create|delete|refresh|revoke|rotate|generate|send)[-_.]/;
const MECHANISM =
  /^(?:PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|XOAUTH2?|OAUTHBEARER|NTLM|GSSAPI|SPNEGO|EXTERNAL|ANONYMOUS|SCRAM-SHA-\d{1,3}(?:-PLUS)?)$/;
const PLURAL_NAME = /(?:token|secret|credential|password|key|cookie|session)s$/i;
/** Several words: of one, even a short number may be the value. */
const JOINED_NAME = /[a-z][-_.][a-z]/i;

/** A word that says something about the secret instead of being it. */
export function isState(value: string, name: string): boolean {
  if (value.length > 16 || (/^(?:secret|text|anonymous)$/.test(value) && OF_WORDS.test(name))) return false;
  const word = value.replace(/[.!]$/, '');
  return (
    STATE.test(word) || (word.length > 2 && FOREIGN_STATE.test(word)) || (SPAN.test(value) && !OF_DIGITS.test(name))
  );
}

/** `password: String must contain …`, `auth : Authentication failed.`: a sentence about the value, not the value. */
export function beginsSentence(text: string, start: number, separator: number): boolean {
  SENTENCE.lastIndex = start;
  if (SENTENCE.test(text)) return true;
  if (text.charCodeAt(separator) === EQUALS) return false;
  if (text.charCodeAt(separator - 1) === BACKTICK && DOCUMENTED.test(text.slice(start, start + 40))) return true;
  FAILURE.lastIndex = start;
  if (FAILURE.test(text)) return true;
  PLAIN_SENTENCE.lastIndex = start;
  return PLAIN_SENTENCE.test(text);
}

/** `tokens:read`, `reset-password:7`, `token:expired`: joined without a space, a deed or an id follows the name. */
export function isDeed(text: string, separator: number, name: string, value: string): boolean {
  if (text.charCodeAt(separator) !== COLON || !isNameCode(text.charCodeAt(separator - 1))) return false;
  if (value.length > 60) return false;
  if (OF_WORDS.test(name) && !DEED_NAME.test(name) && !isScoped(text, separator, name, value)) return false;
  if (DEED.test(value) || isState(value, name)) return true;
  return /^\d{1,4}$/.test(value) && (DEED_NAME.test(name) || value.length < 3 || JOINED_NAME.test(name));
}

/** A scope, an event or a script is named before, or what became of it after. */
function isScoped(text: string, separator: number, name: string, value: string): boolean {
  const start = separator - name.length;
  const end = separator + 1 + value.length;
  return SCOPED.test(text.slice(Math.max(0, start - 24), start)) || OUTCOME.test(text.slice(end, end + 16));
}

/** `AUTH=PLAIN AUTH=XOAUTH2`: what a mail server offers. */
export function isMechanism(name: string, value: string): boolean {
  return /(?:^|-)AUTH$/.test(name) && MECHANISM.test(value);
}

/** `next token: identifier` */
export function isLexeme(text: string, separator: number, name: string, value: string): boolean {
  return (
    name === 'token' &&
    /^[A-Za-z_]{1,20}$/.test(value) &&
    LEXEME.test(text.slice(Math.max(0, separator - 24), separator))
  );
}

/** `pass: 12, fail: 0`, `passwords: 3 weak`: what is counted. */
export function isTally(text: string, name: string, value: string, start: number, end: number): boolean {
  if (!/^\d{1,6}$/.test(value)) return false;
  if (PLURAL_NAME.test(name)) return true;
  if (!/^pass(?:es)?$/i.test(name)) return false;
  if (value.length < 4) return true;
  return /\b(?:fail|skip|todo|pending|total|tests)/i.test(
    `${text.slice(Math.max(0, start - 40), start)} ${text.slice(end, end + 40)}`,
  );
}
