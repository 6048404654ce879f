import type { FieldPlans } from './entry-plans.js';
import { marker } from '../markers/marker.js';

type Entries = Record<string, unknown>;

/** A plain copy of an object whose entries before `until` have been scrubbed. */
export function copyOf(object: Entries, until: string): Entries {
  const copy = { ...object };
  for (const key in copy) {
    if (key === until) break;
    // an accessor may return another value than the one that was scrubbed
    const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
    if (!descriptor || !('value' in descriptor)) define(copy, key, marker('accessor'));
  }
  return copy;
}

/** The first entries under the names with which they are sent, in the same order. */
export function renamedCopy(object: Entries, count: number, plans: FieldPlans): Entries {
  const copy: Entries = {};
  for (const key of Object.keys(object).slice(0, count)) define(copy, plans.of(key).name, object[key]);
  return copy;
}

/** The own entries of an object, without inherited ones and without `toJSON`. */
export function ownEntries(object: object, polluted: boolean): Entries {
  const copy = polluted ? (Object.assign(Object.create(null), object) as Entries) : ({ ...object } as Entries);
  if (typeof copy.toJSON === 'function') delete copy.toJSON;
  return copy;
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
