import { marker } from './marker.js';

/** A plain copy of the first entries. */
export function copyOf(
  object: Record<string, unknown>,
  keys: readonly string[],
  count: number,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (let at = 0; at < count; at++) {
    const key = keys[at] as string;
    // an accessor might answer differently now than when its value was scrubbed
    const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
    define(copy, key, descriptor && 'value' in descriptor ? descriptor.value : marker('accessor'));
  }
  return copy;
}

/** Sets an entry, also one that is called `__proto__`. */
export function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}
