import { parseDuration } from '../options/duration.js';
import { check, count, type Check } from '../options/schema.js';
import { type ThrottleOptions } from '../options/sampling-options.js';

export interface ThrottleLimits {
  burst: number;
  perMinute: number;
  ceiling: number;
  maxGroups: number;
  maxSummaries: number;
  /** In milliseconds. */
  window: number;
}

const DEFAULTS: ThrottleLimits = {
  burst: 10,
  perMinute: 10,
  ceiling: 1_000,
  maxGroups: 1_000,
  maxSummaries: 100,
  window: 60_000,
};

const positive = check(
  'a whole number, 1 or more',
  'write a whole number',
  (v) => Number.isInteger(v) && Number(v) >= 1,
);
const rate = check('a number, 0 or more', 'write a number of events, for example 10', (v) => {
  return typeof v === 'number' && Number.isFinite(v) && v >= 0;
});
const ceiling = check('a whole number, 0 or more, or Infinity', 'write a number of events, for example 1000', (v) => {
  return v === Infinity || (Number.isInteger(v) && Number(v) >= 0);
});
const window = check("a duration above 0, for example '1m'", "write for example '1m' or 60000", (v) => {
  return (parseDuration(v) ?? 0) > 0;
});

const CHECKS: Record<keyof ThrottleLimits, Check> = {
  burst: positive,
  perMinute: rate,
  ceiling,
  maxGroups: positive,
  maxSummaries: count,
  window,
};

/** Fills in the defaults and checks what was given. An explicit `undefined` leaves the default. */
export function readThrottleOptions(options: ThrottleOptions, at: string): ThrottleLimits {
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as Array<keyof ThrottleLimits>) {
    const given = options[name];
    if (given === undefined) continue;
    CHECKS[name](given, `${at}.${name}`);
    limits[name] = typeof given === 'number' ? given : (parseDuration(given) ?? DEFAULTS[name]);
  }
  return limits;
}
