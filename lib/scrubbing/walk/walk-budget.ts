import type { FieldContext } from '../fields/field-context.js';
import type { Limits } from '../limits/limits.js';

/** A value takes at least this many bytes; an item with more values than fit is cut. */
export const MIN_VALUE_BYTES = 8;
/** Ends a walk without limits before the stack overflows. */
const MAX_DEPTH = 200;

/** What a walk has spent of its limits. */
export class WalkBudget {
  /** Upper bound of the bytes that the values visited so far take as JSON. */
  bytes = 0;
  /** Entries and elements visited so far. */
  values = 0;
  readonly maxDepth: number;
  private readonly maxValues: number;

  /** @param strict - also cuts the lists of the protocol, such as spans and frames */
  constructor(
    private readonly limits: Limits | undefined,
    private readonly strict: boolean,
  ) {
    this.maxValues = limits ? limits.bytes / MIN_VALUE_BYTES : Infinity;
    this.maxDepth = limits?.depth ?? MAX_DEPTH;
  }

  get isExhausted(): boolean {
    return this.values >= this.maxValues;
  }

  /** How many entries of a container are sent: the limit on breadth, or what is left for the item. */
  maxEntries(field: FieldContext): number {
    const { limits } = this;
    if (!limits) return Infinity;
    const left = Math.max(1, this.maxValues - this.values);
    return field.unbounded && !this.strict ? Math.floor(left) : Math.min(Math.floor(left), limits.breadth);
  }
}
