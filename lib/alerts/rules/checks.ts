import { isExponential } from '../../scrubbing/pattern-safety.js';
import { parseDuration } from '../../options/duration.js';
import { check, type Check } from '../../options/schema.js';

const SECOND = 1_000;
const DAY = 86_400_000;

export const within = check("a duration from '1s' to '24h'", "use for example '5m'", (value) => {
  const milliseconds = parseDuration(value) ?? -1;
  return milliseconds >= SECOND && milliseconds <= DAY;
});
export const share = check(
  'a share from 0 to below 1',
  'use for example 0.05 for five percent',
  (value) => typeof value === 'number' && value >= 0 && value < 1,
);
export const positiveDuration = check(
  "a duration above 0, such as '2s'",
  "use for example '2s'",
  (value) => (parseDuration(value) ?? 0) > 0,
);

const form = check(
  "a text, in which '*' stands for any characters, a regular expression, or a list of them",
  "use for example 'payment', 'Stripe*' or [/timeout/i, '*refused*']",
  (value) => (Array.isArray(value) ? value.length > 0 && value.every(isMatch) : isMatch(value)),
);
const bounded = check(
  'a regular expression that does not take exponential time: clients may choose the text',
  "remove repetitions within repetitions, such as (a+)+, or use a text with '*'",
  (value) => [value].flat().every((each) => !(each instanceof RegExp) || !isExponential(each)),
);

/** A text, an expression, or a list of them. */
export const match: Check = (value, path) => {
  form(value, path);
  bounded(value, path);
};

/** Like {@link match}, for a text that is one of a few. */
export function matchOf(known: readonly string[]): Check {
  const isKnown = check(
    `one of ${known.join(', ')}, a text with '*', a regular expression, or a list of them`,
    `use for example '${known[0] ?? ''}'`,
    (value) => [value].flat().every((each) => typeof each !== 'string' || each.includes('*') || known.includes(each)),
  );
  return (value, path) => {
    match(value, path);
    isKnown(value, path);
  };
}

function isMatch(value: unknown): boolean {
  return value instanceof RegExp || (typeof value === 'string' && value.trim() !== '');
}
