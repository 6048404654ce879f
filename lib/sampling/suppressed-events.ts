import { DistinctCounter } from './distinct-counter.js';

/** Whom and what a suppressed event concerned. */
export interface ThrottleFacts {
  /** Anything that identifies a user; only counted, never returned. */
  user?: string;
  /** Route, job name or similar. */
  route?: string;
  /** Anything that represents the group; a summary returns that of its first event. */
  example?: unknown;
}

/** The events of one group that were suppressed in one window. */
export interface ThrottleSummary {
  /** The group; undefined for the summary shared by the groups that get none of their own. */
  key: string | undefined;
  /** The example of the first suppressed event; undefined in a shared summary. */
  example?: unknown;
  /** Number of suppressed events: exact. */
  count: number;
  /** How many of them fitted the budget of their group, but not the ceiling of the process. */
  overCeiling: number;
  /** Times of the first and the last of them, in milliseconds of the caller's clock. */
  since: number;
  until: number;
  /** Distinct users and routes: exact below `DISTINCT_LIMIT`, which means "at least". */
  users: number;
  routes: number;
  /** Number of groups in this summary: 1, or of a shared one exact below `DISTINCT_LIMIT`, which means "at least". */
  groups: number;
}

/** Counts the suppressed events of one group, or of several. */
export class SuppressedEvents {
  private count = 0;
  private example: unknown;
  private overCeiling = 0;
  private since = Infinity;
  private until = -Infinity;
  private users: DistinctCounter | undefined;
  private routes: DistinctCounter | undefined;
  private groups: DistinctCounter | undefined;

  get size(): number {
    return this.count;
  }

  add(now: number, overCeiling: boolean, facts: ThrottleFacts | undefined): void {
    if (this.count === 0) this.example = facts?.example;
    this.count++;
    if (overCeiling) this.overCeiling++;
    this.since = Math.min(this.since, now);
    this.until = Math.max(this.until, now);
    if (facts?.user !== undefined) (this.users ??= new DistinctCounter()).add(facts.user);
    if (facts?.route !== undefined) (this.routes ??= new DistinctCounter()).add(facts.route);
  }

  /** Adds the suppressed events of the group `key`. */
  absorb(key: string, other: SuppressedEvents): void {
    this.count += other.count;
    this.overCeiling += other.overCeiling;
    this.since = Math.min(this.since, other.since);
    this.until = Math.max(this.until, other.until);
    if (other.users) (this.users ??= new DistinctCounter()).merge(other.users);
    if (other.routes) (this.routes ??= new DistinctCounter()).merge(other.routes);
    (this.groups ??= new DistinctCounter()).add(key);
  }

  summary(key: string | undefined): ThrottleSummary {
    return {
      key,
      ...(key !== undefined && { example: this.example }),
      count: this.count,
      overCeiling: this.overCeiling,
      since: this.since,
      until: this.until,
      users: this.users?.count() ?? 0,
      routes: this.routes?.count() ?? 0,
      groups: this.groups?.count() ?? 1,
    };
  }
}
