import { parseDuration } from '../options/duration.js';
import { throttleShape } from '../options/throttle-shape.js';
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

/** Fills in the defaults and checks what was given. An explicit `undefined` leaves the default. */
export function readThrottleOptions(options: ThrottleOptions, at: string): ThrottleLimits {
  throttleShape(options, at);
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as Array<keyof ThrottleLimits>) {
    const given = options[name];
    if (given !== undefined)
      limits[name] = typeof given === 'number' ? given : (parseDuration(given) ?? DEFAULTS[name]);
  }
  return limits;
}
