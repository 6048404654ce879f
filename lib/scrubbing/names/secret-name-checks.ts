import {
  HARMLESS_WORDS,
  JOINED_ENDS,
  JOINED_STARTS,
  KEY_OWNERS,
  MEASURE_WORDS,
  SECRET_COOKIES,
  SECRET_KEYS,
  SECRET_WORDS,
  SESSION_KEYS,
  WEAK_OWNERS,
} from './secret-names.js';

const AUTH_WORDS = new Set('auth oauth authn authz authorization authorisation'.split(' '));

const PASS_OWNERS = new Set(
  'user db smtp mail ftp redis mysql postgres pg mongo mongodb database rabbitmq amqp kafka ssh vpn wifi admin root login proxy ldap http'.split(
    ' ',
  ),
);

/** The rule for a key of these words: `@password`, `@session`, or undefined if the name is harmless. */
export function secretName(words: readonly string[]): string | undefined {
  const whole = wholeKey(words);
  if (SECRET_KEYS.has(whole)) return '@password';
  if (SESSION_KEYS.has(whole)) return '@session';
  for (const [at, word] of words.entries()) {
    if (SECRET_WORDS.has(word)) return '@password';
    if ((word === 'key' || word === 'keys') && at > 0 && ownsKey(words, at)) return '@password';
    if (word === 'pass' && at === words.length - 1 && at > 0 && PASS_OWNERS.has(words[at - 1] ?? ''))
      return '@password';
    if (isJoined(word)) return '@password';
  }
  return undefined;
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
  return SECRET_COOKIES.has(words.join('-')) || SECRET_COOKIES.has(words.join('')) ? '@cookie' : undefined;
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

function ownsKey(words: readonly string[], at: number): boolean {
  const owner = words[at - 1] ?? '';
  if (!KEY_OWNERS.has(owner)) return false;
  return !WEAK_OWNERS.has(owner) || at === words.length - 1;
}

function isJoined(word: string): boolean {
  if (word.length < 6 || HARMLESS_WORDS.has(word)) return false;
  return JOINED_ENDS.some((end) => word.endsWith(end)) || JOINED_STARTS.some((start) => word.startsWith(start));
}
