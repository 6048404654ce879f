import { isDeepStrictEqual } from 'node:util';

/** A value that is not as expected. */
export interface Difference {
  /** `transaction`, `user.id`. */
  readonly path: string;
  readonly expected: unknown;
  readonly received: unknown;
}

/** What a match expects, and what was received instead. */
export function differencesOf(expected: object, received: object): Difference[] {
  return Object.entries(expected).flatMap(([key, value]) =>
    value === undefined ? [] : compare(key, value, property(received, key)),
  );
}

/** Of an object, only what is expected has to be there; a list must be equal. */
function compare(path: string, expected: unknown, received: unknown): Difference[] {
  if (expected instanceof RegExp) {
    return new RegExp(expected.source, expected.flags.replace(/[gy]/g, '')).test(asText(received))
      ? []
      : [{ path, expected, received }];
  }
  if (isPlainObject(expected) && isPlainObject(received)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      compare(`${path}.${key}`, value, property(received, key)),
    );
  }
  return isDeepStrictEqual(expected, received) ? [] : [{ path, expected, received }];
}

function property(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
