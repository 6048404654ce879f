import { isReference } from '../context/operation-chain.js';
import { processWide } from '../process-state/process-wide.js';
import { isInstalled, loadOptional } from '../optional-dependencies/load-optional.js';
import { guarded, stats } from '../stats/stats.js';
import type { HookName } from '../stats/hook-names.js';
import { runsFoundCopy } from './nest-copy.js';

// A method of Nest or of a partner library: the wrappers declare its parameters.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Method = (this: any, ...args: any[]) => any;
type MethodNames<T> = { [K in keyof T]-?: NonNullable<T[K]> extends Method ? K : never }[keyof T] & string;
type MethodOf<T, K extends keyof T> =
  NonNullable<T[K]> extends (...args: infer A) => infer R ? (this: T, ...args: A) => R : never;

/** @returns what replaces the original; it is called with the `this` and the arguments of the original */
export type Wrapper<F extends Method> = (original: F) => F;

/** The wrapped methods, by prototype: the first copy of this package to call wraps a method. */
const patched = processWide('patched-methods', () => new WeakMap<object, Set<string>>());

interface Patch {
  hook: HookName;
  method: string;
  wrapper: Wrapper<Method>;
}

/** The patches of each class, by hook and method, for copies of the class that are reached later. */
const patches = processWide('class-patches', () => new Map<string, Map<string, Patch>>());
/** The methods of a hook that have not been found yet in the copy that the application runs. */
const unreached = processWide('unreached-methods', () => new Map<HookName, Set<string>>());

/** Where a class is defined. */
export interface ClassLocation {
  /** Path of the CommonJS or ES module: `@nestjs/core/router/router-proxy.js`. */
  module: string;
  /** Name of the exported class. */
  className: string;
}

/**
 * Wraps a method of a class, once per process, and records in `tracker.status().hooks` whether the method was found. In
 * a bundle the path resolves to a different copy of the class than the one that runs, or to none: see {@link
 * patchCopy}.
 *
 * @param hook - the hook that this method belongs to; it is in place if all of its methods are wrapped
 * @returns false if there is no such method
 */
export function patchMethod<T extends object, K extends MethodNames<T>>(
  hook: HookName,
  { module, className }: ClassLocation,
  method: K,
  wrapper: Wrapper<MethodOf<T, K>>,
): boolean {
  const known = patches.get(className) ?? new Map<string, Patch>();
  patches.set(className, known);
  const key = `${hook}.${method}`;
  const isNew = !known.has(key);
  if (isNew) known.set(key, { hook, method, wrapper: wrapper as unknown as Wrapper<Method> });
  const prototype = prototypeOf<T>({ module, className });
  if (!runsFoundCopy) {
    if (prototype) wrap(hook, prototype, method, wrapper);
    if (isNew) awaitCopy(hook, module, `${className}.${method}`);
    return false;
  }
  if (!prototype && !isInstalled(packageOf(module))) {
    stats.hooks[hook] ??= 'not installed';
    return false;
  }
  return patchPrototype(hook, prototype, method, wrapper);
}

/** The bundle contains its own copy: whether it includes a package other than Nest's core is known when it is used. */
function awaitCopy(hook: HookName, module: string, place: string): void {
  const places = unreached.get(hook) ?? new Set();
  unreached.set(hook, places.add(place));
  if (packageOf(module) === '@nestjs/core') stats.hooks[hook] = false;
  else stats.hooks[hook] ??= 'not installed';
}

/**
 * Applies the patches of a class to the copy of it that the application runs, reached from one of its instances. Does
 * nothing if that copy was already patched by its path.
 *
 * @param instance - undefined if this version of Nest does not have it at the expected location
 */
export function patchCopy(className: string, instance: unknown): void {
  if (!isReference(instance)) return;
  for (const { hook, method, wrapper } of patches.get(className)?.values() ?? []) {
    const owner = ownerOf(instance, method);
    if (!owner) continue;
    wrap(hook, owner, method, wrapper);
    const places = unreached.get(hook);
    if (places?.delete(`${className}.${method}`) && places.size === 0) stats.hooks[hook] = true;
  }
}

/** Runs only the code that a patch adds to a method, for an instance whose constructor has already called it. */
export function catchUp(className: string, method: string, instance: object): void {
  for (const patch of patches.get(className)?.values() ?? []) {
    if (patch.method === method) patch.wrapper(() => undefined).call(instance);
  }
}

/** The prototype of an instance, nearest first, that defines the method. */
function ownerOf(instance: object, method: string): Record<string, Method> | undefined {
  for (let at: unknown = Object.getPrototypeOf(instance); isReference(at); at = Object.getPrototypeOf(at)) {
    if (typeof Object.getOwnPropertyDescriptor(at, method)?.value === 'function') return at as Record<string, Method>;
  }
  return undefined;
}

/** @returns undefined if there is no such class */
export function prototypeOf<T extends object>({ module, className }: ClassLocation): T | undefined {
  return guarded('hooks', () => loadOptional<Record<string, { prototype: T } | undefined>>(module))?.[className]
    ?.prototype;
}

/** Like {@link patchMethod}, for a prototype that was reached from an instance. */
export function patchPrototype<T extends object, K extends MethodNames<T>>(
  hook: HookName,
  prototype: T | undefined,
  method: K,
  wrapper: Wrapper<MethodOf<T, K>>,
): boolean {
  const isThere = prototype !== undefined && wrap(hook, prototype, method, wrapper);
  stats.hooks[hook] = isThere && stats.hooks[hook] !== false;
  return isThere;
}

/** @returns false if there is no such method */
function wrap<T extends object, K extends MethodNames<T>>(
  hook: HookName,
  prototype: T,
  method: K,
  wrapper: Wrapper<MethodOf<T, K>>,
): boolean {
  const original: unknown = prototype[method];
  if (typeof original !== 'function') return false;
  const known = patched.get(prototype) ?? new Set();
  patched.set(prototype, known);
  const key = `${hook}.${method}`;
  if (known.has(key)) return true;
  known.add(key);
  const replacement = wrapper(original as MethodOf<T, K>);
  const { name, length } = original as Method;
  Object.defineProperties(replacement, { name: { value: name }, length: { value: length } });
  Object.defineProperty(prototype, method, { value: replacement, configurable: true, writable: true });
  return true;
}

function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}
