const MINUTE = 60_000;

/** At most so many in any minute, whichever minute one looks at. */
export interface Ceiling {
  /** Whether one more fits at `now`. */
  fits(now: number): boolean;
  /** Takes note that one was let through at `now`. */
  note(now: number): void;
}

const OPEN: Ceiling = { fits: () => true, note: () => undefined };

/**
 * Remembers when the last `limit` were let through: one more fits when the oldest of them is a minute old. Exact,
 * constant time, 8 bytes for each.
 */
export function createCeiling(limit: number): Ceiling {
  if (limit === Infinity) return OPEN;
  const times: number[] = [];
  let next = 0;
  return {
    fits: (now) => {
      if (times.length < limit) return true;
      const oldest = times[next];
      // A clock that was set back must not close the gate for longer than a minute.
      return oldest !== undefined && (now - oldest >= MINUTE || oldest - now > MINUTE);
    },
    note: (now) => {
      if (limit === 0) return;
      times[next] = now;
      next = (next + 1) % limit;
    },
  };
}
