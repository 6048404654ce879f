import { types } from 'node:util';
import { cutMarker, cutText, marker } from '../scrubbing/index.js';
import { firstKeys } from './first-keys.js';

/** How much of a value is copied. */
export interface CopyLimits {
  readonly depth: number;
  /** Entries of one object or list. */
  readonly breadth: number;
  /** Entries and elements in total. */
  readonly values: number;
  /** Characters of names and strings in total; default: no limit, as strings are not copied. */
  readonly characters?: number;
}

/** Longest digits that are written out: this takes superlinear time. */
const LARGEST = 10n ** 300n;
/** Values that an object or a list counts as, besides its entries; a proxy runs code for each access. */
const PER_CONTAINER = 4;
const PER_PROXY = 20;
/** Elements that an entry of an object counts as: each copy of it has to find or make a place for its name. */
const PER_ENTRY = 2;
const PER_PROXY_ENTRY = 5;
/** Longest name of a symbol, a function or a class. */
const MAX_NAME = 200;
/** Characters of a text that are copied even if nothing is left; a longer one is not even looked at then. */
const ALWAYS_COPIED = 64;
/** A part of a value takes at most this share of what is left, so that the others are not lost. */
const SHARE = 0.75;

/**
 * Copies values as the SDK normalizes them, but reads each value once, and never more than the limits allow: whatever
 * follows meets no getter, proxy, `toJSON` or cycle, and no more entries than were copied. Bytes are not copied.
 */
export class BoundedCopy {
  /** Whether anything was left out. */
  isCut = false;
  private values: number;
  private characters: number;
  private readonly ancestors: object[] = [];

  constructor(private readonly limits: CopyLimits) {
    this.values = limits.values;
    this.characters = limits.characters ?? Infinity;
  }

  /** What has been copied, in values and characters. */
  get spent(): { values: number; characters: number } {
    const { values, characters = Infinity } = this.limits;
    return { values: values - this.values, characters: characters === Infinity ? 0 : characters - this.characters };
  }

  /** Copies a value. */
  of(value: unknown, depth = this.limits.depth): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'bigint') return value > LARGEST || value < -LARGEST ? this.cut('digits') : value;
    if (typeof value === 'symbol' || typeof value === 'function') return withShortName(value);
    if (typeof value !== 'object' || value === null) return value;
    const { length } = this.ancestors;
    try {
      return this.object(value, depth);
    } catch {
      this.isCut = true;
      return marker('unreadable'); // a getter or a proxy threw
    } finally {
      this.ancestors.length = length;
    }
  }

  /** Copies a value with a share of what is left. */
  share(value: unknown, depth?: number): unknown {
    const reserved = this.values - Math.ceil(this.values * SHARE);
    this.values -= reserved;
    const copy = this.of(value, depth);
    this.values += reserved;
    return copy;
  }

  /** Copies an object whose entries each have their share. */
  entries(object: object): Record<string, unknown> {
    const copied: Record<string, unknown> = {};
    const { keys, more } = this.keysOf(object);
    for (const key of keys) {
      const value = read(object, key);
      if (!isHook(key, value)) copied[key] = this.share(value, this.limits.depth - 1);
    }
    if (more > 0) copied['…'] = this.cut(`${more} keys`);
    return copied;
  }

  private object(object: object, depth: number): unknown {
    if (ArrayBuffer.isView(object) || types.isAnyArrayBuffer(object)) {
      this.isCut = true;
      return marker('bytes');
    }
    if (this.ancestors.includes(object)) return '[Circular ~]';
    if (depth <= 0) {
      this.isCut = true;
      return `[${className(object)}]`;
    }
    if (this.values <= 0 || this.characters <= 0) return this.cut('size');
    this.values -= types.isProxy(object) ? PER_PROXY : PER_CONTAINER;
    this.ancestors.push(object);
    const serialized = serializedForm(object);
    if (serialized) return this.of(serialized.form, depth - 1);
    if (Array.isArray(object)) return this.list(object, depth);
    const parts = types.isNativeError(object) || object instanceof Error ? errorParts(object) : undefined;
    return this.ownEntries(object, depth, parts);
  }

  private list(list: readonly unknown[], depth: number): unknown[] {
    const { length } = list;
    const count = this.spend(length);
    const copied: unknown[] = [];
    copied.length = count;
    for (let at = 0; at < count; at++) {
      if (at in list) copied[at] = this.of(list[at], depth - 1);
    }
    if (count < length) copied.push(this.cut(`${length - count} more`));
    return copied;
  }

  private ownEntries(object: object, depth: number, copied: Record<string, unknown> = {}): Record<string, unknown> {
    const { keys, more } = this.keysOf(object);
    for (const key of keys) {
      const value = (object as Record<string, unknown>)[key];
      if (!isHook(key, value)) copied[this.text(key)] = this.of(value, depth - 1);
    }
    if (more > 0) copied['…'] = this.cut(`${more} keys`);
    return copied;
  }

  private keysOf(object: object): { keys: readonly string[]; more: number } {
    const { keys, more } = firstKeys(object, this.limits.breadth);
    const count = this.spend(keys.length + more, types.isProxy(object) ? PER_PROXY_ENTRY : PER_ENTRY);
    return count < keys.length ? { keys: keys.slice(0, count), more: more + keys.length - count } : { keys, more };
  }

  /** How many of these values are copied: if not all, one less, since a marker replaces the rest. */
  private spend(count: number, each = 1): number {
    const max = Math.min(this.limits.breadth, Math.max(0, Math.floor(this.values / each)));
    const spent = count > max ? Math.max(0, max - 1) : count;
    this.values -= spent * each;
    return spent;
  }

  private text(text: string): string {
    if (this.characters === Infinity) return text;
    if (this.characters <= 0 && text.length > ALWAYS_COPIED) return this.cut('size');
    const left = Math.max(ALWAYS_COPIED, Math.ceil(this.characters * SHARE));
    this.characters -= Math.min(left, text.length);
    if (text.length <= left) return text;
    this.isCut = true;
    return cutText(text, left);
  }

  private cut(what: string): string {
    this.isCut = true;
    return cutMarker(what);
  }
}

/** The SDK writes a symbol or a function with its name, all of it. */
function withShortName(value: symbol | { readonly name: unknown }): unknown {
  const name = typeof value === 'symbol' ? value.description : read(value, 'name');
  return typeof name === 'string' && name.length > MAX_NAME ? cutMarker('name') : value;
}

/** Whatever follows would call it, or take it for the prototype. */
function isHook(key: string, value: unknown): boolean {
  return key === '__proto__' || (key === 'toJSON' && typeof value === 'function');
}

function read(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return marker('unreadable');
  }
}

/** What `toJSON` returns; undefined if there is none, or if it throws. */
function serializedForm(object: object): { form: unknown } | undefined {
  const { toJSON } = object as { toJSON?: unknown };
  if (typeof toJSON !== 'function') return undefined;
  try {
    return { form: toJSON.call(object) as unknown };
  } catch {
    return undefined;
  }
}

function errorParts({ message, name, stack }: Error): Record<string, unknown> {
  return { message, name, stack };
}

function className(object: object): string {
  const prototype = Object.getPrototypeOf(object) as { constructor?: { name?: unknown } } | null;
  if (!prototype?.constructor) return 'null prototype';
  const { name } = prototype.constructor;
  return typeof name === 'string' && name.length <= MAX_NAME ? name : 'Object';
}
