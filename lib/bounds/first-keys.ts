import { types } from 'node:util';

/** The first own keys of an object. */
export interface FirstKeys {
  readonly keys: readonly string[];
  /** How many more there are, as far as they were counted. */
  readonly more: number;
}

const MAX_COUNTED = 10_000;
const MAX_REMEMBERED = 1_000;
/** Longer names are counted, but not read: V8 hashes them by their length alone, so that looking one up reads all others. */
const MAX_NAME = 8_000;

/** The first keys of objects that are expensive to list: V8 lists all keys of an object before it returns the first one. */
const remembered = new WeakMap<object, FirstKeys>();

/** The first `max` own keys. An object with very many keys is listed once in its life, not once for each event. */
export function firstKeys(object: object, max: number): FirstKeys {
  if (Array.isArray(object)) return indexes(object, max);
  if (ArrayBuffer.isView(object)) return { keys: [], more: object.byteLength };
  const known = max <= MAX_REMEMBERED ? remembered.get(object) : undefined;
  if (known?.keys.every((key) => Object.hasOwn(object, key))) return first(known, max);
  const isProxy = types.isProxy(object);
  const listed = list(object, isProxy ? max : Math.max(max, MAX_REMEMBERED));
  // a proxy lists all keys, too, but counts only one more than are kept
  if (listed.more > 0 && (isProxy || listed.keys.length + listed.more >= MAX_COUNTED)) remembered.set(object, listed);
  return first(listed, max);
}

function indexes(list: readonly unknown[], max: number): FirstKeys {
  const count = Math.min(list.length, max);
  const keys: string[] = [];
  for (let at = 0; at < count; at++) {
    if (at in list) keys.push(String(at));
  }
  return { keys, more: list.length - count };
}

/** Keys of a proxy are not counted: each of them calls its handler. */
function list(object: object, max: number): FirstKeys {
  const keys: string[] = [];
  const last = types.isProxy(object) ? max + 1 : Math.max(max + 1, MAX_COUNTED);
  let seen = 0;
  let more = 0;
  for (const key in object) {
    if (seen++ === last) break;
    if (keys.length === max || key.length > MAX_NAME) more++;
    else if (Object.hasOwn(object, key)) keys.push(key);
  }
  return { keys, more };
}

function first({ keys, more }: FirstKeys, max: number): FirstKeys {
  return keys.length <= max ? { keys, more } : { keys: keys.slice(0, max), more: more + keys.length - max };
}
