import type { ScrubbingOptions } from '../options/scrubbing-options.js';
import { arrayOf, callable, check, either, oneOf, shape, text, type Check } from '../options/schema.js';
import { checkPattern } from './pattern-safety.js';

const mode = oneOf('keep', 'pseudonym', 'redact');
const between = (least: number, most: number): Check =>
  check(
    `an integer from ${least} to ${most}`,
    `use an integer from ${least} to ${most}`,
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  );
const label = check(
  'a name of at most 32 lower-case letters, digits and hyphens',
  "use a name such as 'tax-number'",
  (value) => typeof value === 'string' && /^[a-z0-9-]{1,32}$/.test(value),
);
const names = arrayOf(
  check('a name that contains a letter', 'use key names', (value) => typeof value === 'string' && /\p{L}/u.test(value)),
  "names, such as 'taxNumber'",
);
const required =
  (keys: readonly string[], inner: Check): Check =>
  (value, path) => {
    inner(value, path);
    for (const key of keys) {
      check(
        'a value',
        `add ${key} to each entry`,
        (entry) => entry !== undefined,
      )((value as Record<string, unknown>)[key], `${path}.${key}`);
    }
  };

const options = shape({
  pii: either(
    "'keep', 'pseudonym' or 'redact', or an object with a mode for each kind",
    "use 'keep', 'pseudonym' or 'redact', or { email: 'keep', ip: 'redact' }",
    mode,
    shape({
      email: mode,
      ip: mode,
      phone: mode,
      nationalId: mode,
      birthDate: mode,
      postalAddress: mode,
      name: mode,
      geolocation: mode,
      mac: mode,
    }),
  ),
  pseudonymKey: text,
  keys: names,
  safeKeys: names,
  patterns: arrayOf(required(['name', 'pattern'], shape({ name: label, pattern: checkPattern })), '{ name, pattern }'),
  paths: (value, path) => {
    check(
      'an object with paths as keys',
      "use { 'request.data.note': 'remove' }",
      (received) => typeof received === 'object' && received !== null && !Array.isArray(received),
    )(value, path);
    for (const [key, action] of Object.entries(value as object)) {
      check('a path such as request.data.note', 'join segments with single dots; * matches any one segment', () =>
        key.split('.').every((segment) => segment !== ''),
      )(key, `${path}.${key}`);
      oneOf('remove', 'keep')(action, `${path}.${key}`);
    }
  },
  custom: callable,
  maxDepth: between(1, 128),
  maxBreadth: between(2, 1_000_000),
  maxStringLength: between(64, 10_000_000),
  maxBytes: between(4096, 100_000_000),
  maxWork: between(100_000, 1e12),
});

/** @throws ConfigurationError - with a path below `scrubbing` */
export function checkOptions(received: ScrubbingOptions): void {
  options(received, 'scrubbing');
}
