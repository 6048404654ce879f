/** What happens to one kind of personal data. */
export type PiiMode = 'keep' | 'pseudonym' | 'redact';

/** A secret of the application's own form, found anywhere in a text. */
export interface ScrubbingPattern {
  /** Stands in the replacement, `[Filtered:<name>]`: lower-case letters, digits and hyphens, 32 at most. */
  name: string;
  /**
   * What is replaced. Flags `i`, `m`, `s`, `u` and `v` count; every occurrence is replaced, `g` or not.
   * Refused where it can backtrack super-linearly (nested or adjacent overlapping repetitions, back references) or
   * matches the empty text.
   */
  pattern: RegExp;
}

/** What leaves and what does not. Secrets are always removed; these options widen or narrow the rules. */
export interface ScrubbingOptions {
  /**
   * E-mail and IP addresses: `'keep'` sends them, `'redact'` removes them, `'pseudonym'` replaces each by a keyed hash
   * that keeps its form (`user-3fa94c01b2d4@pseudonym.invalid`, an address below `240.0.0.0/4` or `fd6e:7374:6a73::/48`): the same
   * address gives the same pseudonym within one release, so that "users affected" still counts. One mode for both, or
   * one for each. Default `'pseudonym'`.
   */
  pii?: PiiMode | { email?: PiiMode | undefined; ip?: PiiMode | undefined } | undefined;
  /**
   * Key of the hash. Give all instances of a service the same key where their pseudonyms shall agree.
   * Default: made at random for each process.
   */
  pseudonymKey?: string | undefined;
  /**
   * Further names whose values are removed, in any style: `'tax number'` also means `taxNumber`, `TAX_NUMBER`,
   * `customer-tax-number`. Default: none beside the built-in ones.
   */
  keys?: string[] | undefined;
  /** Names that are never judged by the built-in key rules; the value rules still hold. Default: none. */
  safeKeys?: string[] | undefined;
  /** Further forms of secrets. Default: none beside the built-in ones. */
  patterns?: ScrubbingPattern[] | undefined;
  /**
   * Rules for single places: `{ 'request.data.note': 'remove', 'extra.build.*': 'keep' }`. `*` stands for one segment;
   * array indexes are segments. `'keep'` leaves the value as it is, secrets included; it beats every other rule.
   * Default: none.
   */
  paths?: Record<string, 'remove' | 'keep'> | undefined;
  /**
   * Sees every value with its path before the built-in rules, which then judge what it returns. Return the value itself
   * where there is nothing to do; `undefined` removes it. Where it throws, the value is removed and a fault is counted.
   * Default: none.
   */
  custom?: ((value: unknown, path: string) => unknown) | undefined;
  /** Levels below the item that are sent; what is deeper is cut and marked. 1 to 128, default 32. */
  maxDepth?: number | undefined;
  /** Entries of one object or array that are sent; what is over it is cut and marked. Default 1000. */
  maxBreadth?: number | undefined;
  /** Characters of one text that are sent; what is over it is cut and marked. At least 64, default 65,536. */
  maxStringLength?: number | undefined;
  /** Bytes of one item as JSON; texts and lists of a larger one are cut until it fits. At least 4096, default 800,000. */
  maxBytes?: number | undefined;
}
