import 'reflect-metadata';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes a wrapper look like the function that it stands for: name, length, own properties, prototype (so that an async
 * function is still seen as one) and the metadata that decorators have left, whichever was applied first.
 */
export function copyFunctionMetadata(original: Method, wrapper: Method): Method {
  Object.setPrototypeOf(wrapper, Object.getPrototypeOf(original) as object);
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype' || key === 'arguments' || key === 'caller') continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(original, key);
    if (descriptor) Reflect.defineProperty(wrapper, key, descriptor);
  }
  for (const key of Reflect.getOwnMetadataKeys(original) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, original), wrapper);
  }
  return wrapper;
}
