import { classNameOf } from '../context/handler.js';
import { ConfigurationError } from '../options/configuration-error.js';
import type { Method } from './copy-function-metadata.js';

/**
 * Replaces a decorated method for every way of applying a decorator: a compiler defines the returned descriptor,
 * `applyDecorators()` passes on its own descriptor and ignores the returned one, and code that calls a decorator
 * directly may do neither.
 *
 * @param replace - receives the method and its name, `Class.method`
 * @throws ConfigurationError - on an accessor or a property
 */
export function replaceMethod(
  decorator: string,
  target: object,
  key: PropertyKey,
  descriptor: PropertyDescriptor | undefined,
  replace: (method: Method, name: string) => Method,
): PropertyDescriptor {
  const name = pathOf(classNameOf(classOf(target)), key);
  if (typeof descriptor?.value !== 'function') {
    throw new ConfigurationError({
      path: `${decorator} on ${name}`,
      received: descriptor?.get || descriptor?.set ? 'an accessor' : 'a property',
      expected: 'a method',
      fix: 'move the work into a method and decorate that method',
    });
  }
  const value = replace(descriptor.value as Method, name);
  const own = Reflect.getOwnPropertyDescriptor(target, key);
  const replaced = { ...descriptor, value };
  if (!own || own.value === descriptor.value) Reflect.defineProperty(target, key, replaced);
  return Reflect.set(descriptor, 'value', value) ? descriptor : replaced;
}

function classOf(target: object): { name: string } {
  return typeof target === 'function' ? target : target.constructor;
}

/** `Class.method`, or only the method if the class has no name. */
export function pathOf(owner: string, key: PropertyKey): string {
  const method = typeof key === 'symbol' ? (key.description ?? '') : String(key);
  return owner ? `${owner}.${method}` : method;
}
