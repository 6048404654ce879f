import { BoundedMap } from '../cache/bounded-map.js';
import type { WorkMeter } from '../limits/work-meter.js';
import { MARKERS, UNREAD } from '../markers/marker.js';
import { descriptiveForm } from './descriptive-names.js';
import { factsOfRule, type KeyFacts } from './key-facts.js';
import { headerKind } from './header-names.js';
import { wordsOf } from './key-words.js';
import { AUTH_WORDS, cookieName, isCount, namesSecretItself, secretName } from './secret-name-checks.js';
import { personalKind, type PersonalKind } from './personal-names.js';
import { signatureForm } from './signature-names.js';
import { holdsMessages } from './validation-messages.js';
import { randomForm, vendorForm } from './vendor-names.js';

const COOKIE_ATTRIBUTE = /\.(?:set-)?cookie\.(.+)$/i;
const HEADER_ATTRIBUTE = /\.header\.(.+)$/i;
const VERSION_WORDS = new Set(['version', 'versions', 'release', 'agent', 'browser', 'semver', 'useragent', 'ua']);
/** Objects under such a name hold settings about a secret, and perhaps the secret: `jwtOptions`, `passwordPolicy`. */
const HOLDERS = new Set(
  'config configuration options opts settings policy rules context state info meta metadata details status'.split(' '),
);
const COMMAND_LISTS = new Set(['argv', 'args', 'arguments', 'spawnargs', 'command', 'cmd']);
const MAX_KEYS = 4096;
/** Shorter keys cannot contain an e-mail address, a card number or a token. */
const MIN_SECRET_LENGTH = 6;
const MAX_KEY_LENGTH = 256;
const MAX_SENT_LENGTH = 512;
/** Only this much of a longer key is scrubbed; the rest is not sent. */
const MAX_SCRUBBED_LENGTH = 4096;
/** Steps to decide about a key that is not in the cache, for each of its characters, and for each of its words. */
const STEPS_PER_KEY = 4000;
const STEPS_PER_CHARACTER = 40;
const STEPS_PER_WORD = 600;
/** Longer keys are not judged once the item has taken all its steps; shorter ones while the reserve lasts. */
const ALWAYS_JUDGED = 64;

/** Checks keys by their words; caches the results. */
export class KeyRules {
  private readonly known = new BoundedMap<string, KeyFacts>(MAX_KEYS);
  /** Scrubs the text of a key; set after the text rules, which need this object, are compiled. */
  scrubName: (key: string) => string = (key) => key;
  private readonly extra: readonly string[];
  private readonly safe: ReadonlySet<string>;

  constructor(
    private readonly work: WorkMeter,
    extraKeys: readonly string[] = [],
    safeKeys: readonly string[] = [],
    private readonly personal: ReadonlySet<PersonalKind> = new Set(),
  ) {
    this.extra = extraKeys.map((key) => wordsOf(key).join(' ')).filter((words) => words !== '');
    this.safe = new Set(safeKeys.map((key) => wordsOf(key).join(' ')));
  }

  /** The name under which the value of this key is sent: the key itself, unless it contains a secret. */
  nameOf(key: string): string {
    return key.length < MIN_SECRET_LENGTH ? key : this.of(key).name;
  }

  of(key: string): KeyFacts {
    const known = this.known.get(key);
    if (known) return known;
    if (this.work.isExhausted && (key.length > ALWAYS_JUDGED || this.work.isOverdrawn)) return UNJUDGED;
    this.work.spend(STEPS_PER_KEY + Math.min(key.length, MAX_KEY_LENGTH) * STEPS_PER_CHARACTER);
    const facts = this.decide(key.length > MAX_KEY_LENGTH ? key.slice(-MAX_KEY_LENGTH) : key, this.sentName(key));
    if (key.length <= MAX_KEY_LENGTH && facts.name !== UNREAD) this.known.set(key, facts);
    return facts;
  }

  private sentName(key: string): string {
    if (key.length < MIN_SECRET_LENGTH) return key;
    const name = this.scrubName(key.length > MAX_SCRUBBED_LENGTH ? key.slice(0, MAX_SCRUBBED_LENGTH) : key);
    return name.length > MAX_SENT_LENGTH ? `${name.slice(0, MAX_SENT_LENGTH - 1)}…` : name;
  }

  private decide(key: string, name: string): KeyFacts {
    const words = wordsOf(key.includes('[Filtered') ? key.replace(MARKERS, ' ') : key);
    this.work.spend(words.length * STEPS_PER_WORD);
    const phrase = words.join(' ');
    const safe = this.safe.has(phrase);
    const cookie = COOKIE_ATTRIBUTE.exec(key)?.[1];
    const extra = safe ? undefined : this.extraRule(phrase);
    const header = HEADER_ATTRIBUTE.exec(key)?.[1];
    const kind = safe ? undefined : headerKind(key, words);
    const own = safe
      ? undefined
      : (extra ??
        secretName(words) ??
        (header && this.of(header).headerRule) ??
        (kind === 'custom' ? '@password' : undefined));
    const last = words[words.length - 1];
    return {
      name,
      bytes: Buffer.byteLength(JSON.stringify(name)),
      rule: cookie && !safe ? this.of(cookie).cookieRule : own,
      headerRule: own ?? (kind && '@password'),
      cookieRule: safe ? undefined : (own ?? cookieName(words)),
      tagRule: extra ?? (own && namesSecretItself(words) ? own : undefined),
      counts: isCount(words),
      cookies: !cookie && !safe && (last === 'cookie' || last === 'cookies'),
      mayHoldCookies: phrase === 'state',
      versions: words.some((word) => VERSION_WORDS.has(word)),
      headers: last === 'headers',
      words: last !== undefined && COMMAND_LISTS.has(last),
      holds:
        own === '@session' ||
        (last !== undefined && (AUTH_WORDS.has(last) || HOLDERS.has(last) || last === 'authentication')),
      personal: safe || own ? undefined : this.personalKind(words),
      messages: holdsMessages(words),
      descriptive: own === '@password' ? descriptiveForm(words) : undefined,
      refers: last !== undefined && (REFERENCES.has(last) || phrase === 'image pull secrets'),
      vendor: own || safe ? undefined : (signatureForm(words) ?? vendorForm(words) ?? randomForm(words)),
    };
  }

  private personalKind(words: readonly string[]): PersonalKind | undefined {
    const kind = this.personal.size > 0 ? personalKind(words) : undefined;
    return kind && this.personal.has(kind) ? kind : undefined;
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

/** `secretKeyRef`, `valueFrom`, `imagePullSecrets`: the last words of names of references. */
const REFERENCES: ReadonlySet<string> = new Set(['ref', 'refs', 'from', 'reference']);
/** What a name is that the item has no steps left to judge: that of a secret, and not sent. */
const UNJUDGED = factsOfRule(UNREAD, UNREAD.length + 2, '!limit');
