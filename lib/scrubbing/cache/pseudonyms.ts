import { randomBytes } from 'node:crypto';
import { BoundedMap } from './bounded-map.js';
import { KeyedHash } from './keyed-hash.js';

/** Pseudonyms of IPv6 addresses have this unique local prefix (RFC 4193). */
const IPV6_PREFIX = 'fd6e:7374:6a73:';
/** 240.0.0.0/4 is reserved (RFC 1112): no host has such an address. IPv4 addresses become IPv4 addresses, so that URLs stay valid. */
const IPV4_FORM = /^2(?:4\d|5[0-5])(?:\.\d{1,3}){3}$/;
/** RFC 2606 reserves the top-level domain `invalid`: no mailbox has such an address. */
const EMAIL_DOMAIN = '@pseudonym.invalid';
const EMAIL_FORM = /^user-[0-9a-f]{12}@pseudonym\.invalid$/;
const OTHER_FORM = /^[a-z]{3,12}(?:-[a-z]{2,8})?-[0-9a-f]{12}$/;
const MAX_CACHED = 2048;
const STEPS_PER_HASH = 8000;

/**
 * Stable replacements for personal data: a keyed hash in the format of the original, so that Sentry still accepts it as
 * an e-mail or IP address and counts users. A pseudonym is never replaced again.
 */
export class Pseudonyms {
  private readonly hash: KeyedHash;
  private readonly known = new BoundedMap<string, string>(MAX_CACHED);

  /** Counts the steps that a new pseudonym takes. */
  charge: (steps: number) => void = () => undefined;

  constructor(
    key: string | undefined,
    private readonly release: string,
  ) {
    this.hash = new KeyedHash(key === undefined ? randomBytes(32) : Buffer.from(key));
  }

  email(address: string): string {
    if (isPseudonym(address)) return address;
    return this.of('email', address.toLowerCase(), (hash) => `user-${hash.slice(0, 12)}${EMAIL_DOMAIN}`);
  }

  ip(address: string): string {
    if (isPseudonym(address)) return address;
    if (!address.includes(':')) return this.of('ip', address, reservedAddress);
    return this.of('ip', address.toLowerCase(), (hash) => {
      // groups never begin with 0, so that every library formats the address the same way
      const groups = [0, 4, 8, 12, 16].map(
        (at) => '123456789abcdef1'.charAt(parseInt(hash.charAt(at), 16)) + hash.slice(at + 1, at + 4),
      );
      return IPV6_PREFIX + groups.join(':');
    });
  }

  /** Of another kind of personal data: `phone-3fa94c01b2d4`. */
  other(kind: string, value: string): string {
    return OTHER_FORM.test(value) ? value : this.of(kind, value, (hash) => `${kind}-${hash.slice(0, 12)}`);
  }

  /** For a value that is only counted: the same in every release, and no stand-in for the value. */
  digest(value: string): string {
    return this.hash.of(`digest\n${value}`).slice(0, 16);
  }

  private of(kind: string, value: string, form: (hash: string) => string): string {
    const name = `${kind} ${value}`;
    const known = this.known.get(name);
    if (known) return known;
    this.charge(STEPS_PER_HASH);
    const pseudonym = form(this.hash.of(`${this.release}\n${name}`));
    if (value.length <= 320) this.known.set(name, pseudonym);
    return pseudonym;
  }
}

function reservedAddress(hash: string): string {
  const octets = [0, 2, 4, 6].map((at) => parseInt(hash.slice(at, at + 2), 16));
  return [240 + ((octets[0] as number) & 15), ...octets.slice(1, 3), (octets[3] as number) || 1].join('.');
}

/** The whole text is an e-mail or IPv4 address that {@link Pseudonyms} made. */
export function isWholePseudonym(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 117 ? EMAIL_FORM.test(text) : first === 50 && IPV4_FORM.test(text);
}

export function isPseudonym(text: string): boolean {
  return text.startsWith(IPV6_PREFIX) || isWholePseudonym(text);
}
