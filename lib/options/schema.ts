import { ConfigurationError } from './configuration-error.js';
import { parseDuration } from './duration.js';

/** Throws a {@link ConfigurationError} if the value at `path` is wrong. */
export interface Check {
  (value: unknown, path: string): void;
  /** The options that an object may have. */
  readonly known?: readonly string[];
}

/** Creates a check from a condition, a description of valid values, and the fix for wrong ones. */
export function check(expected: string, fix: string, holds: (value: unknown) => boolean): Check {
  return (value, path) => {
    if (!holds(value)) throw new ConfigurationError({ path, received: value, expected, fix });
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const boolean = check('true or false', 'use true or false, without quotes', (v) => typeof v === 'boolean');
export const text = check(
  'a non-empty string',
  'use a non-empty string, or omit it',
  (v) => typeof v === 'string' && v.trim() !== '',
);
export const rate = check(
  'a number from 0 to 1',
  'use a rate from 0 to 1, for example 0.1 for ten percent',
  (v) => typeof v === 'number' && v >= 0 && v <= 1,
);
export const count = check(
  'a whole number, 0 or more',
  'use a whole number',
  (v) => Number.isInteger(v) && (v as number) >= 0,
);
export function atLeast(min: number): Check {
  return check(
    `a whole number, ${min} or more`,
    `use ${min} or more`,
    (v) => Number.isSafeInteger(v) && (v as number) >= min,
  );
}
export const duration = check(
  "a number of milliseconds, or a string such as '250ms', '2s', '5m', '1h', '7d'",
  'use a number of milliseconds, or a number with one of the units ms, s, m, h, d',
  (v) => parseDuration(v) !== undefined,
);
export const callable = check('a function', 'use a function', (v) => typeof v === 'function');
export const object = check('an object', 'use an options object', isObject);
export const list = check('an array', 'use an array', Array.isArray);
export const falseOrObject = check(
  'false or an options object',
  'use false to disable it, or an options object',
  (v) => v === false || isObject(v),
);

/** `false`, or a value that passes the check. */
export function falseOr(options: Check): Check {
  const checkOptions: Check = (value, path) => {
    falseOrObject(value, path);
    if (value !== false) options(value, path);
  };
  return Object.assign(checkOptions, { known: options.known });
}

/** An array, or a value that passes the check. */
export function listOr(options: Check): Check {
  const checkOptions: Check = (value, path) => {
    if (!Array.isArray(value)) options(value, path);
  };
  return Object.assign(checkOptions, { known: options.known });
}

export function oneOf(...allowed: readonly unknown[]): Check {
  const list = allowed.map((value) => JSON.stringify(value)).join(', ');
  return check(`one of ${list}`, `use one of ${list}`, (v) => allowed.includes(v));
}

/** Passes if one of the checks passes; `expected` describes all of them. */
export function either(expected: string, fix: string, ...checks: Check[]): Check {
  return (value, path) => {
    const holds = checks.some((single) => {
      try {
        single(value, path);
        return true;
      } catch {
        return false; // one alternative's message would hide the others
      }
    });
    if (!holds) throw new ConfigurationError({ path, received: value, expected, fix });
  };
}

export function arrayOf(item: Check, expected: string): Check {
  const isList = check(`an array of ${expected}`, `use an array of ${expected}`, Array.isArray);
  return (value, path) => {
    isList(value, path);
    (value as unknown[]).forEach((entry, index) => {
      item(entry, `${path}[${index}]`);
    });
  };
}

/** Returns the fix for an option that is unknown at this path: `move it to sdk.beforeSend`. */
export type FixOf = (key: string, path: string) => string | undefined;

/** An object with known keys only; an undefined property counts as omitted. */
export function shape(properties: Record<string, Check>, fixOf?: FixOf): Check {
  const known = Object.keys(properties);
  const isOptions = check(`an object with any of ${known.join(', ')}`, 'use an options object', isObject);
  const checkOptions: Check = (value, path) => {
    isOptions(value, path || 'the options');
    for (const [key, entry] of Object.entries(value as object)) {
      const at = path ? `${path}.${key}` : key;
      const single = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (!single) throw unknownOption(at, entry, known, fixOf?.(key, path) ?? defaultFix(key, properties, path));
      if (entry !== undefined) single(entry, at);
    }
  };
  return Object.assign(checkOptions, { known });
}

function unknownOption(path: string, received: unknown, known: string[], fix: string): ConfigurationError {
  return new ConfigurationError({ path, received, expected: `one of the known options (${known.join(', ')})`, fix });
}

function defaultFix(key: string, properties: Record<string, Check>, path: string): string {
  const known = Object.keys(properties);
  const group = known.find((name) => properties[name]?.known?.includes(key));
  if (group) return `move it to ${path && `${path}.`}${group}.${key}`;
  const near = known.find((name) => isNear(name.toLowerCase(), key.toLowerCase()));
  return near
    ? `did you mean '${near}'? Rename or remove it`
    : 'remove it, or see the configuration page of the documentation';
}

/** Whether one begins with the other, or they differ by at most two adjacent letters. */
export function isNear(a: string, b: string): boolean {
  if (a.startsWith(b) || b.startsWith(a)) return true;
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return Math.max(a.length, b.length) - head - tail <= 2;
}
