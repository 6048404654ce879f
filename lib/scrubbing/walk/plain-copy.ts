import type { FieldPlans } from './entry-plans.js';
import { marker } from '../markers/marker.js';

type Entries = Record<string, unknown>;

/** Larger objects are copied entry by entry, and only as far as entries may be sent. */
const SMALL = 256;
/** Entries of a large object that are read; fewer are sent. */
export const MAX_READ_ENTRIES = 10_000;

/** A plain copy of an object whose entries before `until` have been scrubbed; of a large object, the first `max` entries. */
export function copyOf(object: Entries, until: string, max: number): Entries {
  const copy = firstEntries(object, max);
  for (const key in copy) {
    if (key === until) break;
    // an accessor may return another value than the one that was scrubbed
    const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
    if (!descriptor || !('value' in descriptor)) define(copy, key, marker('accessor'));
  }
  return copy;
}

/** The first entries of a plain copy. */
export function firstOf(copy: Entries, count: number): Entries {
  const keys = firstKeys(copy, count + 1);
  return keys.length <= count ? copy : addEntries({}, copy, keys.slice(0, count));
}

/** The first entries under the names with which they are sent, in the same order. */
export function renamedCopy(object: Entries, count: number, plans: FieldPlans): Entries {
  const copy: Entries = {};
  let copied = 0;
  for (const key in object) {
    if (copied++ === count) break;
    define(copy, plans.of(key).name, object[key]);
  }
  return copy;
}

/** The own entries of an object, without inherited ones and without `toJSON`, and how many entries were listed. */
export function ownEntries(object: object, polluted: boolean, max: number): { entries: Entries; count: number } {
  const keys = firstKeys(object as Entries, Math.min(max, MAX_READ_ENTRIES));
  const entries =
    polluted || keys.length > SMALL
      ? addEntries(polluted ? (Object.create(null) as Entries) : {}, object as Entries, keys)
      : { ...(object as Entries) };
  if (typeof entries.toJSON === 'function') delete entries.toJSON;
  return { entries, count: keys.length };
}

/** Whether every object inherits entries: `Object.prototype` has been polluted. */
export function isPolluted(): boolean {
  for (const _key in NOTHING) return true;
  return false;
}

const NOTHING = {};

/** Sets an entry, even if its key is `__proto__`. */
export function define(target: Entries, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

function firstEntries(object: Entries, max: number): Entries {
  const end = Math.min(SMALL + 1, max);
  let count = 0;
  for (const _key in object) if (++count === end) return addEntries({}, object, firstKeys(object, max));
  return { ...object };
}

/** Enumerates the object once: with a million entries, this alone takes most of a second. */
function firstKeys(object: Entries, max: number): string[] {
  const keys: string[] = [];
  for (const key in object) {
    if (keys.push(key) >= max) break;
  }
  return keys;
}

function addEntries(target: Entries, object: Entries, keys: readonly string[]): Entries {
  for (const key of keys) {
    if (Object.hasOwn(object, key)) define(target, key, object[key]);
  }
  return target;
}
