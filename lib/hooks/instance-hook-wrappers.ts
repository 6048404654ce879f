import { isReference } from '../context/operation-chain.js';
import { classNameOf } from '../context/handler.js';
import { guarded } from '../stats/stats.js';

/** The parts of Nest's module reference that are used here. */
export interface ModuleLike {
  providers?: Map<unknown, WrapperLike>;
  controllers?: Map<unknown, WrapperLike>;
  injectables?: Map<unknown, WrapperLike>;
  middlewares?: Map<unknown, WrapperLike>;
}
interface WrapperLike {
  instance?: unknown;
  getStaticTransientInstances?(): ({ instance?: unknown } | undefined)[];
}
type Hook = (this: unknown, ...args: unknown[]) => unknown;
type Failed = (error: unknown, type: string) => void;

/**
 * Shadows the hook of every instance with a property of the same name that reports failures of the hook.
 *
 * @returns a function that removes these properties
 */
export function wrapInstanceHooks(modules: Iterable<ModuleLike>, hook: string, failed: Failed): () => void {
  const restores: (() => void)[] = [];
  for (const instance of instancesOf(modules)) {
    const restore = guarded('lifecycle', () => overrideHook(instance, hook, failed));
    if (restore) restores.push(restore);
  }
  return () => {
    for (const restore of restores) guarded('lifecycle', restore);
  };
}

function instancesOf(modules: Iterable<ModuleLike>): Set<object> {
  const found = new Set<object>();
  for (const { providers, controllers, injectables, middlewares } of modules) {
    for (const wrappers of [providers, controllers, injectables, middlewares]) {
      for (const wrapper of wrappers?.values() ?? []) {
        const transients = wrapper.getStaticTransientInstances?.() ?? [];
        for (const { instance } of [wrapper, ...transients.filter((host) => host !== undefined)]) {
          if (isReference(instance)) found.add(instance);
        }
      }
    }
  }
  return found;
}

function overrideHook(instance: object, hook: string, failed: Failed): (() => void) | undefined {
  const original = methodOf(instance, hook);
  if (!original) return undefined;
  const own = Object.getOwnPropertyDescriptor(instance, hook);
  if (own ? own.configurable !== true : !Object.isExtensible(instance)) return undefined;
  const watched: Hook = function (...args) {
    try {
      const result = original.apply(this, args);
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        failed(error, typeOf(instance));
        throw error;
      });
    } catch (error) {
      failed(error, typeOf(instance));
      throw error;
    }
  };
  Object.defineProperty(instance, hook, { value: watched, configurable: true, writable: true, enumerable: false });
  return () => {
    if (Object.getOwnPropertyDescriptor(instance, hook)?.value !== watched) return;
    if (own) Object.defineProperty(instance, hook, own);
    else Reflect.deleteProperty(instance, hook);
  };
}

/** The method itself; undefined if it is defined by a getter, because getters of the application must not run here. */
function methodOf(instance: object, name: string): Hook | undefined {
  for (let at: object | null = instance; at; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return typeof descriptor.value === 'function' ? (descriptor.value as Hook) : undefined;
  }
  return undefined;
}

function typeOf(instance: object): string {
  const prototype = Object.getPrototypeOf(instance) as { constructor?: { name?: unknown } } | null;
  return classNameOf(prototype?.constructor);
}
