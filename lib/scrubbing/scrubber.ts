/** One thing that was removed, replaced or cut. */
export interface Removal {
  /** The path of the value: `request.data.password`; empty for a bare string. */
  path: string;
  /** The rule that removed it: `@password`, `@creditcard`, `!limit`. */
  rule: string;
}

/** The result of {@link Scrubber.explain} for one value. */
export interface Explanation {
  /** What would be sent. */
  output: string;
  removed: boolean;
  /** The first rule that removed something. */
  rule?: string;
  /** Why it was removed or kept, in words. */
  reason: string;
}

/** Rules compiled once; no method ever throws. */
export interface Scrubber {
  /**
   * Scrubs the payload of one envelope item.
   *
   * @param type - Sentry's item type: `event`, `transaction`, `span`, `log`, `trace_metric`, `check_in`, `attachment`, …
   * @returns the same reference if nothing was removed, else a scrubbed copy; undefined if the item cannot be scrubbed and
   * must not be sent
   */
  item(type: string, payload: unknown): unknown;
  /** Like {@link item}, but stops wherever the rest can wait, for another turn of the event loop. */
  pieces(type: string, payload: unknown): Generator<undefined, unknown, undefined>;
  /** Scrubs an envelope header or an item header; ids, times, the DSN's public key and the SDK's name are kept. */
  header(header: unknown): unknown;
  /** Scrubs one string. */
  text(value: string): string;
  /** Scrubs any value and reports every removal. */
  inspect(value: unknown): { output: unknown; removed: Removal[] };
  /** Tells whether a string, optionally under `key`, would be removed, and why. */
  explain(value: string, key?: string): Explanation;
  /** Steps taken so far, by all items: see `maxWork`. */
  readonly steps: number;
  /** Number of values removed, replaced or cut so far. */
  readonly removedCount: number;
  /** Number of custom rules that threw and of values that could not be read so far. */
  readonly faults: number;
}
