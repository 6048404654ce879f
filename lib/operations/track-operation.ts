import { types } from 'node:util';
import 'reflect-metadata';
import { classNameOf } from '../context/handler.js';
import { markCritical } from '../context/critical.js';
import { refuseBareDecorator } from '../options/bare-decorator.js';
import type { OperationOptions } from '../options/operation-options.js';
import { copyFunctionMetadata, type Method } from './copy-function-metadata.js';
import { pathOf, replaceMethod } from './replace-method.js';
import { runOperation } from './run-operation.js';
import { specify } from './specification.js';

const SKIPPED = 'nestjs-error-tracker:skip-tracking';

/** The original method of a wrapper, and the options of the decorator of that method. */
const wrapped = new WeakMap<Method, { original: Method; options: OperationOptions }>();

/**
 * Tracks a method, or every method of a class: adds breadcrumbs when it starts, completes or fails, a span that lasts
 * until its work ends (including a returned Promise, Observable or generator), and an entry in the operation chain of
 * its errors. The method itself, its result and its errors stay the same.
 *
 * On a class, it tracks the methods that the class declares, and the inherited methods that are handlers or already
 * tracked, for this class only.
 *
 * @param name - of the operation, default `Class.method`; on a class, it replaces the class name
 * @throws ConfigurationError - on an accessor or a property, without parentheses, and if an option is invalid
 * @example
 * ```ts
 * @TrackOperation('checkout.pay', { data: (order: Order) => ({ orderId: order.id }), slowerThan: '2s' })
 * async pay(order: Order): Promise<Receipt> {
 *   return this.gateway.charge(order);
 * }
 * ```
 */
export function TrackOperation(
  name?: string | OperationOptions,
  options?: OperationOptions,
): MethodDecorator & ClassDecorator {
  refuseBareDecorator("@TrackOperation('name')", [name, options]);
  const merged: OperationOptions =
    typeof name === 'object' ? name : { ...options, ...(name !== undefined && { name }) };
  const decorate = (target: object, key?: PropertyKey, descriptor?: PropertyDescriptor): unknown => {
    if (key === undefined) {
      trackClass(target as Method, merged);
      return undefined;
    }
    return trackMethod(target, key, descriptor ?? Reflect.getOwnPropertyDescriptor(target, key), merged);
  };
  return decorate as MethodDecorator & ClassDecorator;
}

/**
 * Excludes a method from the `@TrackOperation()` of its class.
 *
 * @throws ConfigurationError - without parentheses
 * @example
 * ```ts
 * import { SkipTracking } from 'nestjs-error-tracker';
 *
 * @TrackOperation('stock')
 * export class StockService {
 *   private readonly shelves = new Map<string, number>();
 *
 *   count(shelf: string): number {
 *     return this.shelves.get(shelf) ?? 0;
 *   }
 *
 *   @SkipTracking() // called in a loop
 *   has(shelf: string): boolean {
 *     return this.shelves.has(shelf);
 *   }
 * }
 * ```
 */
export function SkipTracking(): MethodDecorator;
export function SkipTracking(...bare: unknown[]): MethodDecorator {
  refuseBareDecorator('@SkipTracking()', bare);
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
  return replaceMethod('@TrackOperation', target, key, descriptor, (original, name) => {
    const value = wrap(original, { ...options, name: options.name ?? name }, `@TrackOperation on ${name}`);
    wrapped.set(value, { original, options });
    return value;
  });
}

function trackClass(type: Method, options: OperationOptions): void {
  const prototype = type.prototype as object;
  for (const [key, descriptor] of methodsOf(prototype)) {
    const method = descriptor.value as Method;
    const own = wrapped.get(method) ?? { original: method, options: {} };
    const name = pathOf(classNameOf(type), key);
    const merged = { ...options, name: options.name ? pathOf(options.name, key) : name, ...own.options };
    const value = wrap(own.original, merged, `@TrackOperation on ${name}`, method);
    wrapped.set(value, own);
    Reflect.defineProperty(prototype, key, { ...descriptor, value });
  }
}

/**
 * The methods that the class declares, and the inherited methods that are handlers (they have metadata) or already
 * tracked. Other inherited methods may belong to a library, such as an EventEmitter.
 */
function methodsOf(prototype: object): Map<PropertyKey, PropertyDescriptor> {
  const methods = new Map<PropertyKey, PropertyDescriptor>();
  const seen = new Set<PropertyKey>(['constructor']);
  let level: object | null = prototype;
  while (level && level !== Object.prototype) {
    for (const key of Reflect.ownKeys(level)) {
      if (seen.has(key)) continue;
      seen.add(key);
      const descriptor = Reflect.getOwnPropertyDescriptor(level, key);
      const method: unknown = descriptor?.value;
      if (!descriptor || typeof method !== 'function' || Reflect.hasMetadata(SKIPPED, method)) continue;
      if (level === prototype || wrapped.has(method as Method) || Reflect.getOwnMetadataKeys(method).length > 0)
        methods.set(key, descriptor);
    }
    level = Object.getPrototypeOf(level) as object | null;
  }
  return methods;
}

/** @param model - the function whose name, length, properties and metadata are copied to the wrapper */
function wrap(original: Method, options: OperationOptions, path: string, model = original): Method {
  const specification = { ...specify(options, path), isAsync: types.isAsyncFunction(original) };
  const wrapper = copyFunctionMetadata(model, function (this: unknown, ...args: unknown[]) {
    return runOperation(specification, args, () => Reflect.apply(original, this, args));
  });
  if (specification.critical) markCritical(wrapper);
  return wrapper;
}
