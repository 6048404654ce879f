import { processWide } from '../process-state/process-wide.js';
import { isInstalled, loadOptional } from '../optional-dependencies/load-optional.js';
import { guarded, stats } from '../stats/stats.js';
import type { HookName } from './hook-names.js';

// A method of Nest or of a partner: the wrappers say what it takes.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Method = (this: any, ...args: any[]) => any;
type MethodNames<T> = { [K in keyof T]-?: NonNullable<T[K]> extends Method ? K : never }[keyof T] & string;
type MethodOf<T, K extends keyof T> =
  NonNullable<T[K]> extends (...args: infer A) => infer R ? (this: T, ...args: A) => R : never;

/** @returns what replaces the original; it is called with the `this` and the arguments of the original */
export type Wrapper<F extends Method> = (original: F) => F;

/** The methods that are wrapped, by prototype: whichever copy of this package asks first wraps. */
const patched = processWide('patched-methods', () => new WeakMap<object, Set<string>>());

/** Where a class is defined. */
export interface ClassLocation {
  /** Path of the CommonJS or ES module: `@nestjs/core/router/router-proxy.js`. */
  module: string;
  /** Name of the exported class. */
  className: string;
}

/**
 * Wraps a method of a class, once in a process, and records whether it was there in `tracker.status().hooks`.
 *
 * @param hook - what this method belongs to; a hook is in place if all of its methods are
 * @returns false if there is no such method
 */
export function patchMethod<T extends object, K extends MethodNames<T>>(
  hook: HookName,
  { module, className }: ClassLocation,
  method: K,
  wrapper: Wrapper<MethodOf<T, K>>,
): boolean {
  const prototype = prototypeOf<T>({ module, className });
  if (!prototype && !isInstalled(packageOf(module))) {
    stats.hooks[hook] ??= 'not installed';
    return false;
  }
  return patchPrototype(hook, prototype, method, wrapper);
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
  const original: unknown = prototype?.[method];
  const isThere = prototype !== undefined && typeof original === 'function';
  stats.hooks[hook] = isThere && stats.hooks[hook] !== false;
  if (!isThere) return false;
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
