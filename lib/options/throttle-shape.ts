import { parseDuration } from './duration.js';
import { check, count, shape, type Check } from './schema.js';

const positive = check('a whole number, 1 or more', 'use a whole number', (v) => Number.isInteger(v) && Number(v) >= 1);
const perMinute = check('a number, 0 or more', 'use a number of events, for example 10', (v) => {
  return typeof v === 'number' && Number.isFinite(v) && v >= 0;
});
const ceiling = check('a whole number, 0 or more, or Infinity', 'use a number of events, for example 1000', (v) => {
  return v === Infinity || (Number.isInteger(v) && Number(v) >= 0);
});
const window = check("a duration above 0, for example '1m'", "use for example '1m' or 60000", (v) => {
  return (parseDuration(v) ?? 0) > 0;
});

/** The options of the throttle, without the `false` that disables it. */
export const throttleShape: Check = shape({
  burst: positive,
  perMinute,
  ceiling,
  maxGroups: positive,
  maxSummaries: count,
  window,
});
