import 'reflect-metadata';
import { ConfigurationError } from '../options/configuration-error.js';
import { markCritical } from '../context/critical.js';
import type { OperationOptions } from '../options/operation-options.js';
import { copyFunctionMetadata, type Method } from './copy-function-metadata.js';
import { runOperation } from './run-operation.js';
import { specify } from './specification.js';

const SKIPPED = 'nestjs-error-tracker:skip-tracking';

/** The original method of a wrapper, and the options of its own decorator. */
const wrapped = new WeakMap<Method, { original: Method; options: OperationOptions }>();

/**
 * Tracks a method, or every method of a class: adds breadcrumbs when it starts, completes or fails, a span that lasts
 * until its work ends (including a returned Promise, Observable or iterator), and an entry in the operation chain of its
 * errors. The method itself, its result and its errors stay the same.
 *
 * @param name - of the operation, default `Class.method`; on a class, it replaces the class name
 * @throws ConfigurationError - on an accessor or a property, and if an option is invalid
 */
export function TrackOperation(
  name?: string | OperationOptions,
  options?: OperationOptions,
): MethodDecorator & ClassDecorator {
  const merged: OperationOptions =
    typeof name === 'object' ? name : { ...options, ...(name !== undefined && { name }) };
  const decorate = (target: object, key?: PropertyKey, descriptor?: PropertyDescriptor): unknown => {
    if (key === undefined) {
      trackClass(target as Method, merged);
      return undefined;
    }
    return trackMethod(target, key, descriptor, merged);
  };
  return decorate as MethodDecorator & ClassDecorator;
}

/** Excludes a method from the `@TrackOperation()` of its class. */
export function SkipTracking(): MethodDecorator {
  return (_target, _key, descriptor) => {
    if (typeof descriptor.value === 'function') Reflect.defineMetadata(SKIPPED, true, descriptor.value);
  };
}

function trackMethod(
  target: object,
  key: PropertyKey,
  descriptor: PropertyDescriptor | undefined,
  options: OperationOptions,
): PropertyDescriptor {
  const name = `${classOf(target).name}.${label(key)}`;
  if (typeof descriptor?.value !== 'function') {
    throw new ConfigurationError({
      path: `@TrackOperation on ${name}`,
      received: descriptor?.get || descriptor?.set ? 'an accessor' : 'a property',
      expected: 'a method',
      fix: 'move the work into a method and decorate that method',
    });
  }
  const original = descriptor.value as Method;
  const value = wrap(original, { ...options, name: options.name ?? name }, `@TrackOperation on ${name}`);
  wrapped.set(value, { original, options });
  return { ...descriptor, value };
}

function trackClass(type: Method, options: OperationOptions): void {
  const prototype = type.prototype as object;
  for (const key of Reflect.ownKeys(prototype)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(prototype, key);
    const method: unknown = descriptor?.value;
    if (key === 'constructor' || typeof method !== 'function' || Reflect.hasMetadata(SKIPPED, method)) continue;
    const own = wrapped.get(method as Method);
    const merged = { ...options, name: `${options.name ?? type.name}.${label(key)}`, ...own?.options };
    const path = `@TrackOperation on ${type.name}.${label(key)}`;
    const value = wrap(own?.original ?? (method as Method), merged, path, method as Method);
    Reflect.defineProperty(prototype, key, { ...descriptor, value });
  }
}

/** @param model - the function whose name, length, properties and metadata are copied to the wrapper */
function wrap(original: Method, options: OperationOptions, path: string, model = original): Method {
  const specification = specify(options, path);
  const wrapper = copyFunctionMetadata(model, function (this: unknown, ...args: unknown[]) {
    return runOperation(specification, args, () => Reflect.apply(original, this, args));
  });
  if (specification.critical) markCritical(wrapper);
  return wrapper;
}

function classOf(target: object): { name: string } {
  return typeof target === 'function' ? target : target.constructor;
}

function label(key: PropertyKey): string {
  return typeof key === 'symbol' ? (key.description ?? '') : String(key);
}
