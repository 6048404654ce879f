/**
 * How one kind of personal data is handled.
 *
 * @example
 * ```ts
 * initSentry({ scrubbing: { pii: 'redact' } });
 * ```
 */
export type PiiMode = 'keep' | 'pseudonym' | 'redact';

/**
 * How each kind of personal data is handled. All kinds but e-mail and IP addresses are kept by default. They are found
 * under their usual names (`phone`, `dateOfBirth`); those with a form also in texts. A pseudonym of theirs is
 * `phone-3fa94c01b2d4`.
 *
 * @example
 * ```ts
 * initSentry({ scrubbing: { pii: { email: 'pseudonym', ip: 'redact', phone: 'redact' } } });
 * ```
 */
export interface PersonalData {
  /** Default: `'pseudonym'`. */
  email?: PiiMode | undefined;
  /** Default: `'pseudonym'`. */
  ip?: PiiMode | undefined;
  /** Phone numbers: `+47 22 12 34 56`, `(555) 123-4567`. Order numbers of the same form go, too. */
  phone?: PiiMode | undefined;
  /** National ids; in texts, those of eight countries that have check digits. One number in ten or more passes by chance. */
  nationalId?: PiiMode | undefined;
  /** Dates of birth, under their names and after `born`. */
  birthDate?: PiiMode | undefined;
  /** Streets, cities and postal codes, under their names only. A city is lost for reports, too. */
  postalAddress?: PiiMode | undefined;
  /** Names of persons, under `firstName`, `surname` and the like. `name` alone is kept. */
  name?: PiiMode | undefined;
  /** Latitudes and longitudes, under their names and as pairs with four decimals. */
  geolocation?: PiiMode | undefined;
  /** MAC addresses. */
  mac?: PiiMode | undefined;
}

/**
 * A custom form of secret, found anywhere in a string.
 *
 * @example
 * ```ts
 * initSentry({ scrubbing: { patterns: [{ name: 'invoice', pattern: /INV-\d{8}/ }] } });
 * ```
 */
export interface ScrubbingPattern {
  /** Name used in the replacement, `[Filtered:<name>]`: lower-case letters, digits and hyphens, at most 32. */
  name: string;
  /**
   * The secret. The flags `i`, `m`, `s`, `u` and `v` apply; every occurrence is replaced, with or without `g`. Rejected
   * if it can backtrack super-linearly (nested or adjacent overlapping repetitions, back references) or matches the
   * empty string.
   */
  pattern: RegExp;
}

/**
 * What is removed before anything is sent. Secrets are always removed; these options extend or narrow the rules.
 *
 * @example
 * ```ts
 * initSentry({
 *   scrubbing: {
 *     pseudonymKey: process.env.PSEUDONYM_KEY,
 *     keys: ['tax number'],
 *     safeKeys: ['token type'],
 *     paths: { 'request.data.note': 'remove' },
 *   },
 * });
 * ```
 */
export interface ScrubbingOptions {
  /**
   * How e-mail and IP addresses are handled: `'keep'` sends them, `'redact'` removes them, `'pseudonym'` replaces each
   * with a keyed hash of the same form (`user-3fa94c01b2d4@pseudonym.invalid`, or an address in `240.0.0.0/4` or
   * `fd6e:7374:6a73::/48`). The same address always gets the same pseudonym, so that "users affected" is still
   * counted correctly within one release. One mode for both kinds, or one for each. Default: `'pseudonym'`.
   *
   * The other kinds of personal data are kept unless they have a mode here, as a name or a form alone does not tell them
   * from other data: see {@link PersonalData}.
   */
  pii?: PiiMode | PersonalData | undefined;
  /**
   * Key of the pseudonym hash. Use the same key for all instances of a service so that their pseudonyms match.
   * Default: random for each process.
   */
  pseudonymKey?: string | undefined;
  /**
   * Additional names whose values are removed, in any style: `'tax number'` also matches `taxNumber`, `TAX_NUMBER` and
   * `customer-tax-number`. Default: only the built-in names.
   */
  keys?: string[] | undefined;
  /** Names exempt from the built-in name rules; the value rules still apply. Default: none. */
  safeKeys?: string[] | undefined;
  /** Additional forms of secrets. Default: only the built-in forms. */
  patterns?: ScrubbingPattern[] | undefined;
  /**
   * Rules for single paths: `{ 'request.data.note': 'remove', 'extra.build.*': 'keep' }`. `*` matches one segment;
   * array indexes are segments. `'keep'` sends the value unchanged, secrets included, and overrides every other rule.
   * Default: none.
   */
  paths?: Record<string, 'remove' | 'keep'> | undefined;
  /**
   * Called with every value and its path before the built-in rules, which apply to the returned value. Return the value
   * unchanged to keep it, or `undefined` to remove it. If it throws, the value is removed and a fault is counted.
   * Default: none.
   */
  custom?: ((value: unknown, path: string) => unknown) | undefined;
  /** Maximum depth of an item; deeper values are cut and marked. From 1 to 128. Default: 32. */
  maxDepth?: number | undefined;
  /** Maximum number of entries of one object or array; further entries are cut and marked. Default: 1000. */
  maxBreadth?: number | undefined;
  /** Maximum number of characters of one string; longer strings are cut and marked. At least 64. Default: 65,536. */
  maxStringLength?: number | undefined;
  /**
   * Maximum size of one item as JSON, in bytes; strings and arrays of a larger item are cut until it fits. At least
   * 4096. Default: 800,000.
   */
  maxBytes?: number | undefined;
  /**
   * Maximum work for one item, in steps of one to three nanoseconds: each rule counts the characters that it reads, and
   * each value counts too. A string that cannot be checked within the limit is replaced by `[Filtered:too costly]`;
   * further values are cut and marked. One string may use nine tenths of the remaining work. The first events of a process
   * may take a fifth, until V8 has compiled the rules. At least 100,000. Default: 18,000,000, at most about 50 ms.
   */
  maxWork?: number | undefined;
}
