/** One thing that was removed, replaced or cut. */
export interface Removal {
  /** Where it stood: `request.data.password`; empty for a bare text. */
  path: string;
  /** The rule that removed it: `@password`, `@creditcard`, `!limit`. */
  rule: string;
}

/** What {@link Scrubber.explain} says about one value. */
export interface Explanation {
  /** What would be sent. */
  output: string;
  removed: boolean;
  /** The first rule that removed something. */
  rule?: string;
  /** In words, why it was or was not removed. */
  reason: string;
}

/** Rules compiled once; every method returns, whatever it is given. */
export interface Scrubber {
  /**
   * Scrubs the payload of one envelope item.
   *
   * @param type - Sentry's item type: `event`, `transaction`, `span`, `log`, `trace_metric`, `check_in`, `attachment`, …
   * @returns the same reference where nothing had to go, else a scrubbed copy; undefined where the item cannot be made
   * safe and must not be sent
   */
  item(type: string, payload: unknown): unknown;
  /** Scrubs an envelope header or an item header; ids, times, the DSN's public key and the SDK's name stay. */
  header(header: unknown): unknown;
  /** Scrubs one text. */
  text(value: string): string;
  /** Scrubs any value and says what was removed where. */
  inspect(value: unknown): { output: unknown; removed: Removal[] };
  /** Says whether, and why, a text would be removed where it stands under `key`. */
  explain(value: string, key?: string): Explanation;
  /** Values removed, replaced or cut so far. */
  readonly removedCount: number;
  /** Failures of custom rules, and of values that could not be read, so far. */
  readonly faults: number;
}
