import { parseDuration } from '../options/duration.js';
import { throttleShape } from '../options/throttle-shape.js';
import { type ThrottleOptions } from '../options/sampling-options.js';

/** Resolved throttle options. */
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

/** Validates the options and fills in the defaults. An explicit `undefined` keeps the default. */
export function readThrottleOptions(options: ThrottleOptions, at: string): ThrottleLimits {
  throttleShape(options, at);
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as Array<keyof ThrottleLimits>) {
    const value = options[name];
    if (value !== undefined)
      limits[name] = typeof value === 'number' ? value : (parseDuration(value) ?? DEFAULTS[name]);
  }
  return limits;
}
