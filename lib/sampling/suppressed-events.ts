import { DistinctCounter } from './distinct-counter.js';

/** Whom and what a left-out event concerned. */
export interface ThrottleFacts {
  /** Anything that tells users apart; never given out again, only counted. */
  user?: string;
  /** Route, job name or the like. */
  route?: string;
  /** Anything that tells what the group is; the first one of a group is given back in its summary. */
  example?: unknown;
}

/** What was left out of one group in one window. */
export interface ThrottleSummary {
  /** The group; undefined for the one summary that the groups without room of their own share. */
  key: string | undefined;
  /** That of the first one left out; undefined in a shared summary. */
  example?: unknown;
  /** How many events were left out: exact. */
  count: number;
  /** How many of these had room in their group, but not below the ceiling of the process. */
  overCeiling: number;
  /** When the first and the last of them came, in the milliseconds of the given clock. */
  since: number;
  until: number;
  /** Different users and routes: exact up to 64, about 3 percent off above. */
  users: number;
  routes: number;
  /** How many groups this summary stands for: 1, or of a shared one about how many. */
  groups: number;
}

/** Counts what is left out of one group, or of several. */
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

  /** Takes over what was left out of the group `key`. */
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
