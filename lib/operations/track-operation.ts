import 'reflect-metadata';
import { ConfigurationError } from '../options/configuration-error.js';
import { markCritical } from '../context/critical.js';
import type { OperationOptions } from '../options/operation-options.js';
import { copyFunctionMetadata, type Method } from './copy-function-metadata.js';
import { runOperation } from './run-operation.js';
import { specify } from './specification.js';

const SKIPPED = 'nestjs-error-tracker:skip-tracking';

/** The method below a wrapper, and the options that its own decorator was given. */
const wrapped = new WeakMap<Method, { original: Method; options: OperationOptions }>();

/**
 * Tracks a method, or every method of a class: breadcrumbs when it starts, completes and fails, a span that lasts as
 * long as its work (a Promise, an Observable or an iterator until its end), and its place in the chain of operations
 * of an error. What the method does, returns and throws stays the same.
 *
 * @param name - of the operation, default `Class.method`; on a class it stands for the class
 * @throws ConfigurationError - on an accessor or a property, and where an option cannot be used
 */
export function TrackOperation(
  name?: string | OperationOptions,
  options?: OperationOptions,
): MethodDecorator & ClassDecorator {
  const given: OperationOptions = typeof name === 'object' ? name : { ...options, ...(name !== undefined && { name }) };
  const decorate = (target: object, key?: PropertyKey, descriptor?: PropertyDescriptor): unknown => {
    if (key === undefined) {
      trackClass(target as Method, given);
      return undefined;
    }
    return trackMethod(target, key, descriptor, given);
  };
  return decorate as MethodDecorator & ClassDecorator;
}

/** Leaves a method out of the `@TrackOperation()` of its class. */
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
  const name = `${ownerOf(target).name}.${label(key)}`;
  if (typeof descriptor?.value !== 'function') {
    throw new ConfigurationError({
      path: `@TrackOperation on ${name}`,
      received: descriptor?.get || descriptor?.set ? 'an accessor' : 'a property',
      expected: 'a method',
      fix: 'move the work into a method and decorate that one',
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

/** @param model - the function whose name, length, properties and metadata the result takes over */
function wrap(original: Method, options: OperationOptions, path: string, model = original): Method {
  const specification = specify(options, path);
  const wrapper = copyFunctionMetadata(model, function (this: unknown, ...args: unknown[]) {
    return runOperation(specification, args, () => Reflect.apply(original, this, args));
  });
  if (specification.critical) markCritical(wrapper);
  return wrapper;
}

function ownerOf(target: object): { name: string } {
  return typeof target === 'function' ? target : target.constructor;
}

function label(key: PropertyKey): string {
  return typeof key === 'symbol' ? (key.description ?? '') : String(key);
}
