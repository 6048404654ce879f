/** The fields of an expression with seconds, and their values, as the package `cron` reads them. */
const FIELDS = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

const PRESETS = new Map([
  ['@yearly', '0 0 0 1 1 *'],
  ['@monthly', '0 0 0 1 * *'],
  ['@weekly', '0 0 0 * * 0'],
  ['@daily', '0 0 0 * * *'],
  ['@hourly', '0 0 * * * *'],
  ['@minutely', '0 * * * * *'],
  ['@secondly', '* * * * * *'],
  ['@weekdays', '0 0 0 * * 1-5'],
  ['@weekends', '0 0 0 * * 0,6'],
]);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const RANGE = /^(\d+)(?:-(\d+))?(?:\/(\d+))?$/;
/** An expression is written by hand; a longer one is not parsed. */
const MAX_LENGTH = 1_000;

/** A crontab schedule of five fields, or why an expression has none. */
export type Crontab = { value: string } | { refused: 'seconds' | 'unreadable' };

/**
 * Converts an expression of the package `cron`, with or without seconds, to the five fields that Sentry reads. Names
 * become numbers, and `5/15` becomes `5-59/15`. A field of seconds is left out if it has one value.
 */
export function toCrontab(expression: string): Crontab {
  const text = expression.trim().toLowerCase();
  const given = text.length > MAX_LENGTH ? [] : (PRESETS.get(text) ?? text).split(/\s+/);
  const fields = given.length === 5 ? ['0', ...given] : given;
  const parsed = fields.length === FIELDS.length ? fields.map(parseField) : [];
  const [seconds, ...rest] = parsed;
  if (!seconds || rest.includes(undefined)) return { refused: 'unreadable' };
  if (!seconds.isOneValue) return { refused: 'seconds' };
  return { value: rest.map((field) => field?.text).join(' ') };
}

interface Field {
  text: string;
  isOneValue: boolean;
}

function parseField(given: string, index: number): Field | undefined {
  const parts = given.split(',').map((part) => parsePart(part, index));
  if (parts.includes(undefined)) return undefined;
  const ranges = parts as Part[];
  const starts = new Set(ranges.map(({ first }) => first));
  const isOneValue = starts.size === 1 && ranges.every(({ first, last, step }) => first + step > last);
  return { text: ranges.map(({ text }) => text).join(','), isOneValue };
}

interface Part {
  text: string;
  first: number;
  last: number;
  step: number;
}

function parsePart(given: string, index: number): Part | undefined {
  const [lowest, highest] = FIELDS[index] ?? [0, 0];
  const [, star, starStep] = /^(\*)(?:\/(\d+))?$/.exec(given) ?? [];
  if (star) {
    const step = Number(starStep ?? 1);
    return step > 0 ? { text: given, first: lowest, last: highest, step } : undefined;
  }
  const match = RANGE.exec(withNumbers(given, index));
  if (!match) return undefined;
  const [, lower, upper, stepText] = match;
  const first = Number(lower);
  const last = upper === undefined ? (stepText === undefined ? first : highest) : Number(upper);
  const step = Number(stepText ?? 1);
  if (first < lowest || last > highest || first > last || step === 0) return undefined;
  if (first === last) return { text: String(first), first, last, step };
  return { text: `${first}-${last}${step === 1 ? '' : `/${step}`}`, first, last, step };
}

function withNumbers(given: string, index: number): string {
  return given.replace(/[a-z]+/g, (name) => {
    const month = index === 4 ? MONTHS.indexOf(name) + 1 : 0;
    if (month > 0) return String(month);
    const day = index === 5 ? DAYS.indexOf(name) : -1;
    return day < 0 ? name : String(day);
  });
}
