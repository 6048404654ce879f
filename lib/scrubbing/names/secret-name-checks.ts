import { FOREIGN_ENDS, FOREIGN_WORDS } from './foreign-names.js';
import {
  COOKIE_PHRASES,
  COOKIE_SETTINGS,
  COOKIE_WORDS,
  HARMLESS_WORDS,
  JOINED_ENDS,
  JOINED_STARTS,
  KEY_OWNERS,
  MEASURE_WORDS,
  SECRET_COOKIES,
  SECRET_KEYS,
  SECRET_PHRASES,
  SECRET_WORDS,
  SESSION_END,
  SESSION_KEYS,
  WEAK_OWNERS,
} from './secret-names.js';

/** One word in their language, but two in camel case: `sicherheitsCode`, `pinKoodi`. */
const FOREIGN: ReadonlySet<string> = new Set(FOREIGN_WORDS);
/** From here on: Chinese, Japanese, Korean. */
const LAST_ALPHABET = 0x2e80;
/** They name the subject, not the secret itself. */
export const AUTH_WORDS: ReadonlySet<string> = new Set('auth oauth authn authz authorization authorisation'.split(' '));

/** Whose password `pass` or `pw` is: `sudoPass`, `bindpw`; a boarding pass or the pass of a renderer is none. */
const PASS_OWNERS = new Set(
  (
    'text cleartext plaintext p pkcs user db dn sudo bind store key keystore truststore imap pop pop3 sftp basic api app account acct host server client jdbc odbc oracle mssql sql mariadb ' +
    'cassandra neo4j elastic es influx couchdb jira jenkins nexus git svn docker registry repo npm nuget maven vnc rdp wlan wpa radius snmp tls ssl ' +
    'cert pfx p12 pem new old current confirm temp default master auth encrypted hashed plain my zip pdf archive guest service svc sa owner rootdn ' +
    'become vault ansible sasl conn connection wallet backup restic gpg borg device camera rtsp mqtt broker sip bmc ipmi ilo idrac vcenter esxi nas smb cifs samba ad domain ' +
    'superuser sys system zabbix grafana splunk kibana nats memcached clickhouse redshift snowflake trino hive airflow minio s3 ' +
    'email web site wp repl replication smtp mail ftp redis mysql postgres pg mongo mongodb database rabbitmq amqp kafka ssh vpn wifi admin root login proxy ldap http'
  ).split(' '),
);
/** Whose `pin` is a number to be kept secret: `bankPin`, `locker_pin`; a pin on a map, of a chip or of a message is none. */
const PIN_OWNERS = new Set(
  (
    'security card debit credit bank account wallet payment payments transaction upi iban ebics transfer hsm slot smartcard token piv fido yubikey sim esim usim device tablet kiosk till ' +
    'pos terminal door gate locker safe vault alarm user customer member employee staff cashier admin parent parental guest voicemail phone login signin access unlock lock app ' +
    'sms email voice reset temp temporary default initial entered raw plain icc emv chip atm puk codice kod codigo personal secret encrypted hashed'
  ).split(' '),
);
/** The words of each phrase, by the first one. */
const PHRASES = new Map<string, string[][]>();
for (const phrase of SECRET_PHRASES) {
  const words = phrase.split(' ');
  const first = words[0] ?? '';
  PHRASES.set(first, [...(PHRASES.get(first) ?? []), words]);
}

/** The rule for a key of these words: `@password`, `@session`, or undefined if the name is harmless. */
export function secretName(words: readonly string[]): string | undefined {
  const whole = wholeKey(words);
  if (SECRET_KEYS.has(whole)) return '@password';
  if (SESSION_KEYS.has(whole)) return '@session';
  for (const [at, word] of words.entries()) {
    if (SECRET_WORDS.has(word)) return '@password';
    if ((word === 'key' || word === 'keys') && at > 0 && ownsKey(words, at)) return '@password';
    if ((word === 'pass' || word === 'pw') && at === words.length - 1 && at > 0 && PASS_OWNERS.has(words[at - 1] ?? ''))
      return '@password';
    if (word === 'otp' && at === words.length - 1 && at > 0) return '@password';
    if (word === 'pin' && at === words.length - 1 && at > 0 && PIN_OWNERS.has(words[at - 1] ?? '')) return '@password';
    if (isJoined(word) || (at > 0 && FOREIGN.has((words[at - 1] ?? '') + word))) return '@password';
  }
  return words.length > 1 && hasPhrase(words) ? '@password' : undefined;
}

function hasPhrase(words: readonly string[]): boolean {
  return words.some((word, at) =>
    PHRASES.get(word)?.some((phrase) => phrase.every((part, next) => words[at + next] === part)),
  );
}

/**
 * Tags are chosen by the application and usually classify something (`auth_method`, `token_type`); Relay does not check
 * their names. A tag is removed only if its name is that of the secret itself.
 */
export function namesSecretItself(words: readonly string[]): boolean {
  const last = words[words.length - 1] ?? '';
  if (AUTH_WORDS.has(last)) return false;
  if (SECRET_KEYS.has(wholeKey(words)) || SECRET_WORDS.has(last) || isJoined(last)) return true;
  return last === 'key' || last === 'keys' || last === 'pass';
}

/** `__Host-` and `__Secure-` restrict how a cookie is set and say nothing about its content: RFC 6265bis. */
export function cookieName(received: readonly string[]): string | undefined {
  const prefixed = received.length > 1 && (received[0] === 'host' || received[0] === 'secure');
  const words = prefixed ? received.slice(1) : received;
  if (SECRET_COOKIES.has(words.join('-')) || SECRET_COOKIES.has(words.join(''))) return '@cookie';
  return isSessionCookie(words) ? '@cookie' : undefined;
}

/** `myshop_session`, `appSession`, `shop.sid`, `.AspNetCore.Cookies`, `CloudFront-Signature`, `wordpress_logged_in_a1b2`. */
function isSessionCookie(words: readonly string[]): boolean {
  if (words.some((word) => MEASURE_WORDS.has(word) || COOKIE_SETTINGS.has(word))) return false;
  const spaced = ` ${words.join(' ')} `;
  return (
    words.some((word) => COOKIE_WORDS.has(word) || word.startsWith('session') || SESSION_END.test(word)) ||
    COOKIE_PHRASES.some((phrase) => spaced.includes(phrase))
  );
}

/** `input_tokens`, `tokenCount`, `max_tokens`, `passwordAttempts`. */
export function isCount(words: readonly string[]): boolean {
  return words.includes('tokens') || words.some((word) => MEASURE_WORDS.has(word));
}

/** The name after the prefix of a header or of an entry of Sentry's baggage: `x-pin`, `sentry-otp`. */
function wholeKey(words: readonly string[]): string {
  const prefixed = words.length > 1 && (words[0] === 'x' || words[0] === 'sentry');
  const whole = words.join('-');
  return prefixed && !SECRET_KEYS.has(whole) ? words.slice(1).join('-') : whole;
}

/** `localStorageKey` is the name of an entry. */
const BROWSER_STORES: ReadonlySet<string> = new Set(['local', 'session', 'async']);

function ownsKey(words: readonly string[], at: number): boolean {
  const owner = words[at - 1] ?? '';
  if (!KEY_OWNERS.has(owner)) return false;
  if (owner === 'storage' && BROWSER_STORES.has(words[at - 2] ?? '')) return false;
  return !WEAK_OWNERS.has(owner) || at === words.length - 1;
}

function isJoined(word: string): boolean {
  if (word.charCodeAt(0) > LAST_ALPHABET) return FOREIGN_ENDS.some((end) => word.includes(end)); // no spaces between words
  if (word.length < 6 || HARMLESS_WORDS.has(word)) return false;
  const owner = word.endsWith('pw') ? word.slice(0, -2) : word.endsWith('pass') ? word.slice(0, -4) : undefined;
  if (owner && PASS_OWNERS.has(owner)) return true;
  return JOINED_ENDS.some((end) => word.endsWith(end)) || JOINED_STARTS.some((start) => word.startsWith(start));
}
