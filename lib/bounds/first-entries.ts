import { cutMarker } from '../scrubbing/index.js';
import { firstKeys } from './first-keys.js';

/** As many entries of an object as the SDK sends. */
export const MAX_ENTRIES = 1_000;

/** The first entries of an object; the object itself if it has no more than are sent. */
export function firstEntries<T extends object>(object: T): T {
  const { keys, more } = firstKeys(object, MAX_ENTRIES);
  return more === 0 ? object : (pick(object, keys.slice(0, -1), more + 1) as T);
}

/** A shallow copy of the first entries of an object; empty for any other value, which only code without types passes. */
export function copyFirstEntries(object: object): Record<string, unknown> {
  if (typeof object !== 'object') return {};
  const { keys, more } = firstKeys(object, MAX_ENTRIES);
  return more === 0 ? { ...object } : pick(object, keys.slice(0, -1), more + 1);
}

function pick(object: object, keys: readonly string[], more: number): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of keys) {
    if (key !== '__proto__') picked[key] = (object as Record<string, unknown>)[key];
  }
  picked['…'] = cutMarker(`${more} keys`);
  return picked;
}
