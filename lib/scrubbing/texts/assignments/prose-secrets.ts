import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { CONTRACT } from '../../names/descriptive-forms.js';
import { scrubForeignSentences } from './foreign-sentences.js';
import { mixes } from './mixed-values.js';

/** Words after which a sentence may state a secret. */
const NAMES =
  'x-(?:api-key|auth-token|access-token)|one-time (?:password|passcode|pin)|mnemonic|(?:seed|recovery|backup) phrase|(?:encryption|decryption|signing|master|license|activation|shared|service|account|admin|client|webhook|deploy|recovery|storage) key|passwords?|passwd|passwort|kennwort|passphrase|passcode|pwd|pw|secret[ _-]?key|secret|tokens?|api[ _-]?key|access[ _-]?key|private[ _-]?key|credentials?|otp|totp|pin|cvv2?|cvc2?|(?:security|verification|one-time|mfa|2fa|sms|otp|totp|login|sign-in|reset|authentication|confirmation|activation) code|(?:backup|recovery|scratch) codes?|(?:[a-z]{2,12}_){0,2}[a-z]{2,12}_?(?:token|password|passwd|secret|api_?key|secret_?key|access_?key|private_?key)';

/** The last words of {@link NAMES}, for the scan that decides whether this rule can match. */
export const PROSE_NAMES: readonly string[] =
  'x-api-key x-auth-token x-access-token password passwords passwd passwort kennwort passphrase passcode pwd pw secret token tokens key apikey credential credentials privateKey secretKey accessKey otp totp pin cvv cvc cvv2 cvc2 code codes'.split(
    ' ',
  );

const SENTENCE = new RegExp(
  `(?<![\\w@./-])(?<!\\b(?:design|css|injection|syntax) )(${NAMES})(?![\\w-])` +
    '((?:[ \\t]{1,3}(?:is|was|are|were|be|been|has|now|still|returned|received|generated|issued|provided|set|changed|reset|updated|as|to|lautet|ist|est|es|è|é|är|er|jest|-|–|->|→)){0,4}(?:(?<=(?:is|are|was|were|now|to)):)?[ \\t]{1,3}(?:[[(](?!`)|\\*\\*|(?:<[a-z]{1,6}(?:[ \\t][^<>]{0,80})?>[ \\t]{0,2}){1,2})?)' +
    '("[^"\\r\\n]{4,200}"|\'[^\'\\r\\n]{4,200}\'|`[^`\\r\\n]{4,200}`|[^\\s"\'`,;:=<>()[\\]{}|]{3,200})',
  'gi',
);

/** `Temporary password for kim: x`, `API key of production = x`, `verification code for Shop is 482913`. */
const FOR_SOMEONE = new RegExp(
  `(?<![\\w@./-])(${NAMES})` +
    '([ \\t]{1,3}(?:for|of|to)[ \\t]{1,3}["\'`]?[\\w@.+-]{1,64}["\'`]?(?:[ \\t][\\w@.+-]{1,40}){0,2}[ \\t]{0,3}(?::|=|is now|is set to|is|(?:was|has been|have been) (?:set|changed|reset|updated) to|was)[ \\t]{1,3})' +
    '("[^"\\r\\n]{4,200}"|\'[^\'\\r\\n]{4,200}\'|`[^`\\r\\n]{4,200}`|[^\\s"\'`,;=<>()[\\]{}|]{3,200})',
  'gi',
);

/** What both begin with. */
const MAY_STATE = new RegExp(`(?:${NAMES})[ \\t]`, 'i');

/** `credentials kim / x`, `bad credentials kim:x`. */
const CREDENTIALS =
  /(\bcredentials?:?[ \t]{1,3}(?:for[ \t])?[\w@.+-]{1,64}[ \t]{0,2}[/:][ \t]{0,2})([^\s"'`,;()<>[\]{}|/]{6,200})/gi;

const LISTED =
  /(\b(?:codes|tokens|passwords|keys|pins)\b[^\r\n[\]]{0,20}\[Filtered\])((?:(?:[,;|/ ]| and | or ){1,3}(?=[\w-]{0,20}\d)(?:\d{6,10}|[\da-z]{4,8}(?:-[\da-z]{4,8}){1,4})(?![\w-])){1,100})/gi;
const CODE = /\d{6,10}|[\da-z]{4,8}(?:-[\da-z]{4,8}){1,4}/gi;
/** `583920 is your Shop code`, as in the texts of messages. */
const CODE_FIRST =
  /(?<![\w.-])((?:[A-Z]-)?)(\d{4,8})(?= is your (?!order|promo|discount|zip|postal|country|product|error|status|coupon|voucher|gift|referral|booking|tracking|ticket)[^\r\n.]{0,40}\b(?:code|otp|pin|passcode|password)\b)/g;
/** `Use code 583920 to log in`. */
const CODE_USED =
  /(\b(?:use|enter|with|type)(?: the| this| your)? code )(\d{4,8})(?= to (?:log|sign|verify|confirm|reset|unlock|complete|authenticate|activate)\b)/gi;
/** `Use 583920 to verify your account`. */
const DIGITS_USED =
  /(\b(?:use|enter|type) )(\d{6,8})(?= to (?:log|sign|verify|confirm|reset|unlock|complete|authenticate|activate)\b)/gi;
/** `Enter 583920 as your login code`. */
const CODE_AS =
  /(\b(?:use|enter|type|with) )(\d{4,8})(?= as (?:your|the) [^\r\n.]{0,40}\b(?:code|otp|pin|passcode|password)\b)/gi;
/** `tried "x" as password`, with the name behind. */
const QUOTED_AS =
  /(["'`])(?!\[Filtered)([^"'`\r\n]{4,200})\1(?= as (?:the |a |an |his |her |their |your )?(?:new |old |admin |root )?(?:password|passphrase|pin|token|secret|api[ -]?key|credentials?)\b)/gi;
/** `Your code is 583920`; not of a door, an error or a country. */
const CODE_OF_YOURS =
  /(\byour (?!(?:exit|error|status|zip|postal|post|country|area|promo|discount|coupon|referral|product|response|http|sort|tax)\b)(?:[\w-]{1,20} ){0,2}code(?: is:?|:) )(\d{4,8})(?![\w-])/gi;
/** `Code: '583920'` of a check, as Twilio and its users print it; the codes of errors are no codes of anyone. */
const CODE_NAMED =
  /((?<![\w.-])[cC]ode\\{0,3}["']?[ \t]{0,2}[:=][ \t]{0,2}(?:\\{0,3}["']|(?=\d{6,8}&)))(\d{6,8})(?=\\{0,3}["']|&)/g;
const OF_SOMEONE =
  /\bverif|\bto\\{0,3}["']?[ \t]?[:=][ \t]?\\{0,3}["']?(?:\+|%2B|\d{6}|[^\s"'@]{1,60}@)|\b(?:channel|phone\w{0,12}|mobile|e?mail|verificationSid)\\{0,3}["']?[ \t]?[:=]/i;
const BESIDE = 160;
/** A directive: `AuthLDAPBindPassword "x"`, `proxy_set_header X-Api-Key "x"`. */
const MAY_DIRECT = /[\w"'-][ \t]{1,4}["'](?=[^"'\r\n\s]{0,199}\d)/;
/** A field and its value as Redis' `MONITOR` prints them: `"hset" "user:7" "password" "x"`. */
const QUOTED_PAIR = /((["'])([\w:.-]{3,80})\2[ \t]{1,4}["'])([^"'\r\n\s]{6,200})(?=["'])/g;
/** The login of a user, as `MONITOR` prints it: `"auth" "default" "x"`. */
const MONITORED_LOGIN = /(\] "auth" "[^"\r\n]{1,80}" ")((?!\[Filtered)[^"\r\n]{1,400})(?=")/gi;
const DIRECTIVE = /(?<![\w.-])([A-Za-z][\w-]{3,80})([ \t]{1,4})(["'])(?=[^"'\r\n\s]{0,199}\d)([^"'\r\n\s]{6,200})\3/g;

/** A line of `ipsec.secrets`: `kim : EAP "x"`. */
const IPSEC = /((?:^|[\s]): (?:EAP|PSK|XAUTH|NTLM|PIN|PPP)[ \t]{1,4}")(?!\[Filtered)([^"\r\n]{3,400})(?=")/g;

/** Names whose value consists of digits. */
const OF_DIGITS = /^(?:one-time \w+|otp|totp|pin|cv[vc]2?|passcode|[\w-]+ code)$/i;
/** Names whose quoted value may consist of plain words. */
const PASS = /^p(?:ass|w)|^mnemonic|phrase$/i;
const STATE = /^(?:required|missing|invalid|empty|null|undefined|wrong|correct|expired)$/i;

/** `my password is hunter2`, `pw hunter2`, `OTP 483920`: a value without a separator between it and its name. */
export function scrubProseSecrets(text: string): string {
  const english = MAY_STATE.test(text) ? text.replace(SENTENCE, replaced).replace(FOR_SOMEONE, replaced) : text;
  const foreign = scrubForeignSentences(english);
  const stated = foreign.includes('redential')
    ? foreign.replace(CREDENTIALS, (all: string, head: string, value: string) => (mixes(value) ? head + FILTERED : all))
    : foreign;
  const clean = stated === text ? text : scrubListed(stated);
  const entered = clean.includes(' as ')
    ? clean
        .replace(CODE_AS, (_all, head: string) => head + FILTERED)
        .replace(QUOTED_AS, (all: string, quote: string, value: string) =>
          mixes(value) && !/\s/.test(value) ? quote + FILTERED + quote : all,
        )
    : clean;
  const used = entered.includes(' code ')
    ? entered.replace(CODE_USED, (_all, head: string) => head + FILTERED)
    : entered;
  const alone = /(?:use|enter|type) \d{6}/i.test(used)
    ? used.replace(DIGITS_USED, (_all, head: string) => head + FILTERED)
    : used;
  const yours = /your /i.test(alone) ? alone.replace(CODE_OF_YOURS, (_all, head: string) => head + FILTERED) : alone;
  const named = yours.search(CODE_NAMED) !== -1 ? scrubNamedCodes(yours) : yours;
  return named.includes(' is your ') ? named.replace(CODE_FIRST, (_all, head: string) => head + FILTERED) : named;
}

function scrubNamedCodes(text: string): string {
  return text.replace(CODE_NAMED, (all: string, head: string, _code, at: number) =>
    OF_SOMEONE.test(text.slice(Math.max(0, at - BESIDE), at + all.length + BESIDE)) ? head + FILTERED : all,
  );
}

/** The others of a list: `recovery codes are 4821-9930, 6112-0042`. */
function scrubListed(text: string): string {
  return text.replace(LISTED, (_all, head: string, list: string) => head + list.replace(CODE, FILTERED));
}

/** The name of a setting and its value in quotes, without a sign between them. */
export function scrubDirectives(text: string, keys: KeyRules): string {
  const monitored = text.includes('] "')
    ? text.replace(MONITORED_LOGIN, (_all, head: string) => head + FILTERED)
    : text;
  if (!MAY_DIRECT.test(monitored)) return monitored;
  const shared = monitored.includes(': ')
    ? monitored.replace(IPSEC, (_all, head: string) => head + FILTERED)
    : monitored;
  const clean = shared.replace(QUOTED_PAIR, (all: string, head: string, _quote: string, name: string, value: string) =>
    mixes(value) && !value.includes(':') && !isMarker(value) && keys.of(name).rule !== undefined
      ? head + FILTERED
      : all,
  );
  return clean.replace(DIRECTIVE, (all: string, name: string, gap: string, quote: string, value: string) =>
    /[a-z][A-Z]|[_-]/.test(name) &&
    mixes(value) &&
    !isMarker(value) &&
    !isPlaceholder(value) &&
    keys.of(name).rule !== undefined
      ? `${name}${gap}${quote}${FILTERED}${quote}`
      : all,
  );
}

/** A word of letters that is a value: it is long, and no suffix makes it a word of a sentence. */
const LONG_WORD =
  /^(?!.*(?:tions?|sions?|ments?|ness|ity|[ai]ble|ally|ly|ing|ed|ive|ous|[ae]nc[ey]|ical|ics?|ful|less|i[sz]e|ers?|ors?|ism|ists?|ship|hood|ward|wise|like|proof|ary|ies|ata|letters|numbers)$)[A-Za-z]{13,60}$/;
/** What became of the value before it. */
const OUTCOME =
  /^["'`]?(?:[ \t]{1,2}(?:(?:is|was) (?:not|wrong|incorrect|invalid|rejected|refused|too)|rejected|refused|failed|denied|(?:does|did) not match)\b|[.!]?$)/;

/** The name of a resource of Kubernetes, and what became of it: `secret "default-token-x7k2p" not found`. */
const RESOURCE = /^[a-z]{2,30}(?:[-.][a-z\d]{1,30}){1,8}$/;
const DONE = /^ (?:not found|is forbidden|already exists|created|deleted|configured|unchanged|patched|in namespace)\b/;

function replaced(all: string, name: string, gap: string, received: string, at: number, text: string): string {
  const quote = /^["'`]/.test(received) ? received.charAt(0) : '';
  const tail = quote ? quote : (/[.!?]+$/.exec(received)?.[0] ?? '');
  const value = received.slice(quote.length, received.length - tail.length);
  const says = gap.trim() !== '';
  if (
    quote !== '' &&
    /^secrets?$/i.test(name) &&
    RESOURCE.test(value) &&
    DONE.test(text.slice(at + all.length, at + all.length + 24))
  )
    return all;
  const isWord =
    PASS.test(name) &&
    LONG_WORD.test(value) &&
    (/[a-z]/.test(gap) || OUTCOME.test(text.slice(at + all.length - tail.length, at + all.length + 30)));
  return isWord || isSecret(value, name, quote !== '' || gap.endsWith('>'), says)
    ? `${name}${gap}${quote}${FILTERED}${tail}`
    : all;
}

/** The name of a key, not the key: `signing key rs256-2026`. */
function isSlug(value: string): boolean {
  return (
    value.length < 12 || /^[A-Za-z]{1,20}\d{0,6}(?:[-_.:/][A-Za-z\d]{1,12}){0,6}$|^[\da-f]{8}-[\da-f-]{27}$/.test(value)
  );
}

function isSecret(value: string, name: string, quoted: boolean, hasVerb: boolean): boolean {
  if (isMarker(value) || value.includes('[Filtered') || isPlaceholder(value)) return false;
  if (/^(?:backup|recovery|scratch)/i.test(name)) return /^(?=.*\d)[\w-]{6,40}$/.test(value);
  if (OF_DIGITS.test(name)) return /^\d{3,10}$/.test(value) || (/^pass/i.test(name) && mixes(value));
  if (quoted && PASS.test(name) && (hasVerb || /\s/.test(value))) return !STATE.test(value);
  if (/ key$/i.test(name) && !/^(?:api|secret|access|private)/i.test(name)) return mixes(value) && !isSlug(value);
  if (!hasVerb && /^tokens?$/i.test(name) && CONTRACT.test(value)) return false;
  return mixes(value);
}
