import { types } from 'node:util';
import { marker } from '../markers/marker.js';
import { ownEntries } from './plain-copy.js';

/** More are not read: only some of them would be sent. */
const MAX_ELEMENTS = 10_000;

/** A list, or an object without a class and without `toJSON`: it is serialized as it is. */
export function isPlain(value: object): boolean {
  if (types.isProxy(value)) return false; // may return other values when it is serialized
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && (value as { toJSON?: unknown }).toJSON === undefined;
}

/**
 * What JSON.stringify would make of an object that is neither a plain object nor a list, as a plain value that can be
 * scrubbed: the result of `toJSON`, the entries of a Map, the elements of a Set, or its own entries. Bytes are not sent.
 */
export function jsonForm(value: object, key: string): unknown {
  if (types.isProxy(value)) return snapshot(value);
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return marker('bytes');
  if (types.isMap(value)) return first(value.entries()).map(([name, entry]) => [keyText(name), entry]);
  if (types.isSet(value)) return first(value.values());
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return bounded((toJSON as (key: string) => unknown).call(value, key));
  if (types.isBoxedPrimitive(value)) return value.valueOf();
  return value;
}

function bounded(form: unknown): unknown {
  return Array.isArray(form) ? (form as unknown[]).slice(0, MAX_ELEMENTS) : form;
}

function first<T>(values: Iterable<T>): T[] {
  const read: T[] = [];
  for (const value of values) {
    if (read.push(value) === MAX_ELEMENTS) break;
  }
  return read;
}

/** The current entries; lists are bounded, since a proxy may claim any length. */
function snapshot(proxy: object): unknown {
  if (Array.isArray(proxy)) return (proxy as unknown[]).slice(0, MAX_ELEMENTS);
  const { toJSON } = proxy as { toJSON?: unknown };
  if (typeof toJSON === 'function') return bounded((toJSON as () => unknown).call(proxy));
  return ownEntries(proxy, false, MAX_ELEMENTS).entries;
}

/** A string for every key, so that the entries are read as names and values. */
function keyText(name: unknown): string {
  return typeof name === 'object' && name !== null ? Object.prototype.toString.call(name) : String(name);
}
