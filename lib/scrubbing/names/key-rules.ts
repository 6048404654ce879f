import { BoundedMap } from '../cache/bounded-map.js';
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
import { MARKERS } from '../markers/marker.js';
import type { Reading } from '../fields/field-context.js';
import { wordsOf } from './key-words.js';
import { describedForm } from './descriptive-names.js';
import { vendorForm } from './vendor-names.js';

/** What a key says about its value. Decided once for each key. */
export interface KeyFacts {
  /** Bytes of the name as JSON. */
  readonly bytes: number;
  /** The name under which the value is sent. */
  readonly name: string;
  /** The rule by which the value goes; undefined where the name is harmless. */
  readonly rule: string | undefined;
  /** The same for the name of a cookie. */
  readonly cookieRule: string | undefined;
  /** The same for the name of a tag. */
  readonly tagRule: string | undefined;
  /** A number under this key counts or measures something: it stays. */
  readonly counts: boolean;
  /** The value holds cookies: a `Cookie` or `Set-Cookie` header. */
  readonly cookies: boolean;
  /** Numbers with dots in the value are versions, not addresses. */
  readonly versions: boolean;
  /** The value is a list of header names and values in turn. */
  readonly headers: boolean;
  /** The value is a list of the words of a command line. */
  readonly words: boolean;
  /** A value of this form is a key of the vendor whom the name names. */
  readonly vendor: RegExp | undefined;
  /** A value of this form only describes the secret that the name speaks of: it stays. */
  readonly described: RegExp | undefined;
}

const COOKIE_ATTRIBUTE = /\.(?:set-)?cookie\.(.+)$/i;
const HEADER_ATTRIBUTE = /\.header\.(.+)$/i;
const VERSION_WORDS = new Set(['version', 'versions', 'release', 'agent', 'browser', 'semver', 'useragent', 'ua']);
const COMMAND_LISTS = new Set(['argv', 'args', 'arguments', 'spawnargs', 'command', 'cmd']);
const MAX_KEYS = 4096;
/** A shorter key can hold no e-mail address, card or token. */
const SHORTEST_SECRET = 6;
const LONGEST_JUDGED = 256;
const LONGEST_NAME = 512;
/** What is read of a longer key; the rest is not sent. */
const LONGEST_READ = 4096;

/** The rule by which the value of an entry of this kind of container goes. */
export function ruleOfName(facts: KeyFacts, reading: Reading | undefined): string | undefined {
  if (reading === 'cookies') return facts.cookieRule;
  return reading === 'tags' ? facts.tagRule : facts.rule;
}

/** Judges keys by their words; answers for known keys come from a bounded memory. */
export class KeyRules {
  private readonly known = new BoundedMap<string, KeyFacts>(MAX_KEYS);
  /** Scrubs the text of a key; set once the text rules, which need this object, are made. */
  scrubName: (key: string) => string = (key) => key;
  private readonly extra: readonly string[];
  private readonly safe: ReadonlySet<string>;

  constructor(extraKeys: readonly string[] = [], safeKeys: readonly string[] = []) {
    this.extra = extraKeys.map((key) => wordsOf(key).join(' ')).filter((words) => words !== '');
    this.safe = new Set(safeKeys.map((key) => wordsOf(key).join(' ')));
  }

  /** The name under which the value of this key is sent: the key itself, unless it holds a secret. */
  nameOf(key: string): string {
    return key.length < SHORTEST_SECRET ? key : this.of(key).name;
  }

  of(key: string): KeyFacts {
    const known = this.known.get(key);
    if (known) return known;
    const facts = this.judge(key.length > LONGEST_JUDGED ? key.slice(-LONGEST_JUDGED) : key, this.sentName(key));
    if (key.length <= LONGEST_JUDGED) this.known.set(key, facts);
    return facts;
  }

  private sentName(key: string): string {
    if (key.length < SHORTEST_SECRET) return key;
    const name = this.scrubName(key.length > LONGEST_READ ? key.slice(0, LONGEST_READ) : key);
    return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  }

  private judge(key: string, name: string): KeyFacts {
    const words = wordsOf(key.includes('[Filtered') ? key.replace(MARKERS, ' ') : key);
    const phrase = words.join(' ');
    const safe = this.safe.has(phrase);
    const cookie = COOKIE_ATTRIBUTE.exec(key)?.[1];
    const extra = safe ? undefined : this.extraRule(phrase);
    const header = HEADER_ATTRIBUTE.exec(key)?.[1];
    const own = safe ? undefined : (extra ?? secretName(words) ?? (header && this.of(header).rule));
    const last = words[words.length - 1];
    return {
      name,
      bytes: Buffer.byteLength(JSON.stringify(name)),
      rule: cookie && !safe ? this.of(cookie).cookieRule : own,
      cookieRule: safe ? undefined : (own ?? cookieName(words)),
      tagRule: extra ?? (own && namesSecret(words) ? own : undefined),
      counts: isCount(words),
      cookies: !cookie && !safe && (last === 'cookie' || last === 'cookies'),
      versions: words.some((word) => VERSION_WORDS.has(word)),
      headers: last === 'headers',
      words: last !== undefined && COMMAND_LISTS.has(last),
      described: own === '@password' ? describedForm(words) : undefined,
      vendor: own || safe ? undefined : vendorForm(words),
    };
  }

  private extraRule(phrase: string): string | undefined {
    const spaced = ` ${phrase} `;
    return this.extra.some(
      (words) => spaced.includes(` ${words} `) || phrase.replaceAll(' ', '') === words.replaceAll(' ', ''),
    )
      ? '@keys'
      : undefined;
  }
}

function secretName(words: readonly string[]): string | undefined {
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

/** The name that stands behind the prefix of a header or of an entry of Sentry's baggage: `x-pin`, `sentry-otp`. */
function wholeKey(words: readonly string[]): string {
  const prefixed = words.length > 1 && (words[0] === 'x' || words[0] === 'sentry');
  const whole = words.join('-');
  return prefixed && !SECRET_KEYS.has(whole) ? words.slice(1).join('-') : whole;
}

/**
 * Tags are chosen by the application, and mostly say of what kind something is (`auth_method`, `token_type`); Relay does
 * not look at their names. A tag goes where its name is that of the secret itself.
 */
function namesSecret(words: readonly string[]): boolean {
  const last = words[words.length - 1] ?? '';
  if (AUTH_WORDS.has(last)) return false;
  if (SECRET_KEYS.has(wholeKey(words)) || SECRET_WORDS.has(last) || isJoined(last)) return true;
  return last === 'key' || last === 'keys' || last === 'pass';
}

const AUTH_WORDS = new Set('auth oauth authn authz authorization authorisation'.split(' '));

const PASS_OWNERS = new Set(
  'user db smtp mail ftp redis mysql postgres pg mongo mongodb database rabbitmq amqp kafka ssh vpn wifi admin root login proxy ldap http'.split(
    ' ',
  ),
);

function ownsKey(words: readonly string[], at: number): boolean {
  const owner = words[at - 1] ?? '';
  if (!KEY_OWNERS.has(owner)) return false;
  return !WEAK_OWNERS.has(owner) || at === words.length - 1;
}

function isJoined(word: string): boolean {
  if (word.length < 6 || HARMLESS_WORDS.has(word)) return false;
  return JOINED_ENDS.some((end) => word.endsWith(end)) || JOINED_STARTS.some((start) => word.startsWith(start));
}

/** `__Host-` and `__Secure-` say how a cookie is kept, not what it holds: RFC 6265bis. */
function cookieName(given: readonly string[]): string | undefined {
  const words = given.length > 1 && (given[0] === 'host' || given[0] === 'secure') ? given.slice(1) : given;
  return SECRET_COOKIES.has(words.join('-')) || SECRET_COOKIES.has(words.join('')) ? '@cookie' : undefined;
}

/** `input_tokens`, `tokenCount`, `max_tokens`, `passwordAttempts`. */
function isCount(words: readonly string[]): boolean {
  return words.includes('tokens') || words.some((word) => MEASURE_WORDS.has(word));
}
