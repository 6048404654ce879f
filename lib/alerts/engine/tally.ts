import type { MonitorCheckIn } from './monitor-check-in.js';
import type { FailureFacts, ExecutionFacts } from './facts.js';

/** Users that one tally names; more of them are seen by the next ones. */
const MAX_USERS = 500;
const MAX_CHECK_INS = 1_000;

/** Failures in a row: `first` before the first success, `last` after the last one. */
interface Row {
  isBroken: boolean;
  first: number;
  longest: number;
  last: number;
}

/** What one process has counted for one rule since it last told the store. */
export class Tally {
  total = 0;
  bad = 0;
  readonly row: Row = { isBroken: false, first: 0, longest: 0, last: 0 };
  readonly users: string[] = [];
  readonly checkIns: MonitorCheckIn[] = [];
  /** The latest failure, which the message shows. */
  latest: FailureFacts | ExecutionFacts | undefined;

  /** Counts a failure or a slow execution. */
  addBad(facts: FailureFacts | ExecutionFacts): void {
    this.bad++;
    this.note(facts);
  }

  /** Keeps what the message shows, and the affected user. */
  note(facts: FailureFacts | ExecutionFacts): void {
    this.latest = facts;
    if (!('user' in facts) || this.users.length >= MAX_USERS) return;
    const { user } = facts;
    if (user !== undefined) this.users.push(user);
  }

  addCheckIn(checkIn: MonitorCheckIn): void {
    if (this.checkIns.length < MAX_CHECK_INS) this.checkIns.push(checkIn);
  }

  addToRow(): void {
    const { row } = this;
    row.last++;
    row.longest = Math.max(row.longest, row.last);
    if (!row.isBroken) row.first = row.last;
    this.bad++;
  }

  breakRow(): void {
    this.row.isBroken = true;
    this.row.last = 0;
    this.total++;
  }

  get isEmpty(): boolean {
    return this.total === 0 && this.bad === 0 && !this.latest && this.checkIns.length === 0;
  }

  /** Whether it holds anything that may make an alert fire. */
  get isUrgent(): boolean {
    return this.bad > 0 || this.latest !== undefined || this.row.isBroken;
  }
}
