import { ConfigurationError } from './configuration-error.js';
import { parseDuration } from './duration.js';

/** Throws a {@link ConfigurationError} where the value at `path` is not what it should be. */
export type Check = (value: unknown, path: string) => void;

/** A check that says in words what it expects and how to fix a wrong value. */
export function check(expected: string, fix: string, holds: (value: unknown) => boolean): Check {
  return (value, path) => {
    if (!holds(value)) throw new ConfigurationError({ path, received: value, expected, fix });
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const boolean = check('true or false', 'write true or false, without quotes', (v) => typeof v === 'boolean');
export const text = check(
  'a text that is not empty',
  'give a text or leave the option out',
  (v) => typeof v === 'string' && v.trim() !== '',
);
export const rate = check(
  'a number from 0 to 1',
  'write a share, for example 0.1 for ten percent',
  (v) => typeof v === 'number' && v >= 0 && v <= 1,
);
export const count = check(
  'a whole number, 0 or more',
  'write a whole number',
  (v) => Number.isInteger(v) && (v as number) >= 0,
);
export function atLeast(least: number): Check {
  return check(
    `a whole number, ${least} or more`,
    `write ${least} or more`,
    (v) => Number.isSafeInteger(v) && (v as number) >= least,
  );
}
export const duration = check(
  "milliseconds as a number, or a text such as '250ms', '2s', '5m', '1h', '7d'",
  'write a number of milliseconds or a number with one of the units ms, s, m, h, d',
  (v) => parseDuration(v) !== undefined,
);
export const callable = check('a function', 'give a function', (v) => typeof v === 'function');
export const object = check('an object', 'give an options object', isObject);
export const list = check('an array', 'give an array', Array.isArray);
export const falseOrObject = check(
  'false or an options object',
  'write false to switch it off, or give its options',
  (v) => v === false || isObject(v),
);

/** `false`, or what the check asks for. */
export function falseOr(options: Check): Check {
  return (value, path) => {
    falseOrObject(value, path);
    if (value !== false) options(value, path);
  };
}

/** An array, or what the check asks for. */
export function listOr(options: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) options(value, path);
  };
}

export function oneOf(...allowed: readonly unknown[]): Check {
  const list = allowed.map((value) => JSON.stringify(value)).join(', ');
  return check(`one of ${list}`, `use one of ${list}`, (v) => allowed.includes(v));
}

/** Holds where one of the checks holds; `expected` names them all. */
export function either(expected: string, fix: string, ...checks: Check[]): Check {
  return (value, path) => {
    const holds = checks.some((single) => {
      try {
        single(value, path);
        return true;
      } catch {
        return false; // the message of a single alternative would hide the others
      }
    });
    if (!holds) throw new ConfigurationError({ path, received: value, expected, fix });
  };
}

export function arrayOf(item: Check, expected: string): Check {
  const isList = check(`an array of ${expected}`, `give an array, for example [${expected}]`, Array.isArray);
  return (value, path) => {
    isList(value, path);
    (value as unknown[]).forEach((entry, index) => {
      item(entry, `${path}[${index}]`);
    });
  };
}

/** An object whose keys are all known; a property that is undefined counts as left out. */
export function shape(properties: Record<string, Check>): Check {
  const known = Object.keys(properties);
  const isOptions = check(`an object with any of ${known.join(', ')}`, 'give an options object', isObject);
  return (value, path) => {
    isOptions(value, path);
    for (const [key, entry] of Object.entries(value as object)) {
      const at = path ? `${path}.${key}` : key;
      const single = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (!single) throw unknownOption(at, key, entry, known);
      if (entry !== undefined) single(entry, at);
    }
  };
}

function unknownOption(path: string, key: string, given: unknown, known: string[]): ConfigurationError {
  const near = known.find((name) => isNear(name.toLowerCase(), key.toLowerCase()));
  return new ConfigurationError({
    path,
    received: given,
    expected: `no option of this name (known are ${known.join(', ')})`,
    fix: near
      ? `did you mean '${near}'? Rename it or leave it out`
      : 'leave it out, or see the options table in the README',
  });
}

/** One is the other with at most two letters changed, added or left out at one place, or begins with it. */
function isNear(a: string, b: string): boolean {
  if (a.startsWith(b) || b.startsWith(a)) return true;
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return Math.max(a.length, b.length) - head - tail <= 2;
}
