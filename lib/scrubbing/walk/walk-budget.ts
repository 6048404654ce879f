import type { FieldContext } from '../fields/field-context.js';
import type { Limits } from '../limits/limits.js';
import type { WorkMeter } from '../limits/work-meter.js';

/** A value takes at least this many bytes; an item with more values than fit is cut. */
export const MIN_VALUE_BYTES = 8;
/** Ends a walk without limits before the stack overflows. */
const MAX_DEPTH = 200;
/** Steps to visit one entry or element, one object or list, and to copy or read one that is not plain. */
const STEPS_PER_VALUE = 200;
const STEPS_PER_CONTAINER = 1000;
const STEPS_PER_COPY = 2000;
/** Steps to copy one element or one entry out of an object that is not plain, and to list an entry that is not sent. */
const STEPS_PER_ELEMENT = 100;
const STEPS_PER_ENTRY = 1200;
const STEPS_TO_LIST = 50;
/** Steps to read one character of a text at least; V8 first puts a text together that was made of parts. */
const STEPS_PER_CHARACTER = 20;
/** Shorter texts are read even if nothing is left. */
const MIN_TEXT = 64;
/** Without a limit on bytes: check-ins and sessions, which hold a few. */
const MAX_ENTRIES = 100_000;

/** What a walk has spent of its limits. */
export class WalkBudget {
  /** Upper bound of the bytes that the values visited so far take as JSON. */
  bytes = 0;
  private values = 0;
  readonly maxDepth: number;
  private readonly maxValues: number;

  /** @param strict - also cuts the lists of the protocol, such as spans and frames */
  constructor(
    private readonly limits: Limits | undefined,
    private readonly strict: boolean,
    private readonly work: WorkMeter,
  ) {
    this.maxValues = limits ? limits.bytes / MIN_VALUE_BYTES : Infinity;
    this.maxDepth = limits?.depth ?? MAX_DEPTH;
  }

  /** Counts a container and its entries or elements. */
  visit(count: number): void {
    this.values += count;
    this.work.spend(STEPS_PER_CONTAINER + count * STEPS_PER_VALUE);
  }

  /** Counts the copy of a container. */
  copies(): void {
    this.work.spend(STEPS_PER_COPY);
  }

  /** Counts elements that were copied out of a container that is not plain. */
  readsElements(count: number): void {
    this.work.spend(count * STEPS_PER_ELEMENT);
  }

  /** How many entries may be copied out of an object that is not plain. */
  get readableEntries(): number {
    return Math.ceil(this.work.left / STEPS_PER_ENTRY);
  }

  /** Counts entries that were copied out of an object that is not plain. */
  readsEntries(count: number): void {
    this.work.spend(count * STEPS_PER_ENTRY);
  }

  /** Counts the entries that were listed, but are not sent. */
  lists(count: number): void {
    this.work.spend(count * STEPS_TO_LIST);
  }

  /**
   * How many elements may be looked at without reading more than is left. Asking each text of a list for its first
   * character can copy all of them.
   */
  readableTexts(list: readonly unknown[], count: number): number {
    let left = this.work.left / STEPS_PER_CHARACTER;
    for (let at = 0; at < count; at++) {
      const element = list[at];
      if (typeof element !== 'string' || element.length <= MIN_TEXT) continue;
      if (left <= 0) return at;
      left -= element.length;
    }
    return count;
  }

  get isExhausted(): boolean {
    return this.values >= this.maxValues || this.work.isExhausted;
  }

  /** How many entries of a container are sent: the limit on breadth, or what is left for the item. */
  maxEntries(field: FieldContext): number {
    const { limits } = this;
    if (!limits) return MAX_ENTRIES;
    const left = Math.max(1, this.maxValues - this.values);
    return field.unbounded && !this.strict ? Math.floor(left) : Math.min(Math.floor(left), limits.breadth);
  }
}
