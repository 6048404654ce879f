import { types } from 'node:util';
import { cutMarker, cutText, marker } from '../scrubbing/index.js';
import type { CopyLimits } from './bounded-copy.js';
import { firstKeys } from './first-keys.js';

/**
 * Copies values as they are now, within limits, and runs no code of theirs: no getter, proxy or `toJSON`. For values
 * that nobody has asked to read, such as those that are logged.
 */
export class Snapshot {
  private values: number;
  private characters: number;
  private readonly ancestors: object[] = [];

  constructor(private readonly limits: CopyLimits) {
    this.values = limits.values;
    this.characters = limits.characters ?? Infinity;
  }

  of(value: unknown, depth = this.limits.depth): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'function') return `[Function: ${ownText(value, 'name') ?? 'anonymous'}]`;
    if (typeof value === 'bigint' || typeof value === 'symbol') return this.text(String(value));
    if (typeof value !== 'object' || value === null) return value;
    const short = shortForm(value);
    if (short !== undefined) return this.text(short);
    if (this.ancestors.includes(value)) return '[Circular ~]';
    if (depth <= 0) return `[${className(value)}]`;
    if (this.values <= 0 || this.characters <= 0) return cutMarker('size');
    this.ancestors.push(value);
    const copy = Array.isArray(value) ? this.list(value, depth) : this.entries(value, depth);
    this.ancestors.pop();
    return copy;
  }

  /** Copies the own entries of an object. */
  entries(object: object, depth = this.limits.depth): Record<string, unknown> {
    const copied: Record<string, unknown> = {};
    const { keys, more } = firstKeys(object, this.limits.breadth);
    let omitted = more;
    for (const key of keys) {
      if (this.values <= 0) omitted++;
      else if (key !== '__proto__') copied[this.text(key)] = this.property(object, key, depth);
    }
    if (omitted > 0) copied['…'] = cutMarker(`${omitted} keys`);
    return copied;
  }

  private list(list: readonly unknown[], depth: number): unknown[] {
    const count = Math.min(list.length, this.limits.breadth, this.values);
    const copied: unknown[] = [];
    for (let at = 0; at < count; at++) copied.push(this.property(list, String(at), depth));
    if (count < list.length) copied.push(cutMarker(`${list.length - count} more`));
    return copied;
  }

  private property(object: object, key: string, depth: number): unknown {
    this.values--;
    const property = Object.getOwnPropertyDescriptor(object, key);
    return property?.get ? '[Getter]' : this.of(property?.value, depth - 1);
  }

  private text(text: string): string {
    const left = Math.max(64, this.characters);
    this.characters -= Math.min(left, text.length);
    return cutText(text, left);
  }
}

/** How a value that is no plain container is shown. */
function shortForm(value: object): string | undefined {
  if (types.isProxy(value)) return '[Proxy]';
  if (types.isDate(value)) return dateText(value);
  if (types.isNativeError(value)) return errorText(value);
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return marker('bytes');
  const hasNoEntries = types.isMap(value) || types.isSet(value) || types.isRegExp(value) || types.isPromise(value);
  return hasNoEntries ? `[${className(value)}]` : undefined;
}

function dateText(date: Date): string {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
}

/** `TypeError: message`, without its stack. */
export function errorText(error: object): string {
  const name = inheritedText(error, 'name') ?? 'Error';
  const message = inheritedText(error, 'message');
  return message ? `${name}: ${message}` : name;
}

const MAX_PROTOTYPES = 20;

function inheritedText(object: object, key: string): string | undefined {
  let at: object | null = object;
  for (let depth = 0; at && depth < MAX_PROTOTYPES && !types.isProxy(at); depth++) {
    const own = Object.getOwnPropertyDescriptor(at, key);
    if (own) return typeof own.value === 'string' ? own.value : undefined;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return undefined;
}

function ownText(object: object, key: string): string | undefined {
  if (types.isProxy(object)) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (!prototype || types.isProxy(prototype)) return 'Object';
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return (typeof constructor === 'function' && ownText(constructor, 'name')) || 'Object';
}
