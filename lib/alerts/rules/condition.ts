import type { MonitorCheckIn } from '../engine/monitor-check-in.js';
import type { ExecutionFacts, FailureFacts } from '../engine/facts.js';
import type { Tally } from '../engine/tally.js';

/** What has been counted for a rule: plain data of a fixed size, which a store keeps as JSON. */
export type Counts = Record<string, unknown>;

/** How a rule counts what the tallies of all processes bring, and whether its condition holds. */
export interface Counting {
  /** Names what it counts, and the shape of its counts: a store keeps those of another form apart. */
  readonly form: string;
  create(): Counts;
  /** Adds a tally. The returned function, if any, settles what the tally has left behind once the first state is judged. */
  add(counts: Counts, tally: Tally, now: number): (() => void) | undefined;
  holds(counts: Counts, now: number): boolean;
  /** The errors that make the condition hold. */
  count(counts: Counts, now: number): number;
  /** The alert in words, without names of channels and links. */
  title(counts: Counts, now: number): string;
  /** How long it must not hold before it has recovered, in milliseconds; 0: at once. */
  readonly recoversAfter: number;
  /** How exact its times are, in milliseconds: an alert is judged this often while nothing happens. */
  readonly precision: number;
  /** Called when somebody takes care of the alert. */
  acknowledge?(counts: Counts, now: number): void;
  /** When the condition may begin to hold although nothing happens. */
  due?(counts: Counts): number;
}

/** What a rule watches. */
export interface Condition {
  /** Undefined for rules that fire once for each group of errors. */
  readonly counting?: Counting;
  /** Called for each failure that `where` matches. */
  readonly failure?: (facts: FailureFacts, tally: Tally) => void;
  /** Called for each job that has failed for good and that `where` matches, whether or not it is reported. */
  readonly failedJob?: (facts: FailureFacts, tally: Tally) => void;
  /** Called for each request, message and job that has ended, if `where.route` matches. */
  readonly execution?: (facts: ExecutionFacts, tally: Tally) => void;
  /** Called for each check-in of a monitor. */
  readonly checkIn?: (checkIn: MonitorCheckIn, tally: Tally) => void;
  /** Of rules that fire once for each group of errors: whether one that was seen `before` fires. */
  readonly fires?: (before: number | undefined, now: number) => boolean;
  /** How exactly it has to be known when they were seen before, in milliseconds. Default: half a minute. */
  readonly precision?: number;
  /** The alert in words, for those. */
  readonly headline?: (error: string) => string;
}
