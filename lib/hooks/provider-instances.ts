import { types } from 'node:util';
import type { ModulesContainer } from './provider-prototypes.js';

/** A provider of an application that has been created. */
export interface ProviderInstance {
  readonly token: unknown;
  readonly instance: object;
}

/**
 * The providers of an application that are objects, once each. Those that do not exist yet, such as request-scoped ones,
 * are only prototypes; proxies are left out, because reading them runs code of the application.
 */
export function providerInstances(modules: ModulesContainer): ProviderInstance[] {
  const found = new Map<object, ProviderInstance>();
  for (const { providers } of modules.values()) {
    for (const [token, { instance }] of providers) {
      if (typeof instance !== 'object' || instance === null || types.isProxy(instance)) continue;
      if (!found.has(instance)) found.set(instance, { token, instance });
    }
  }
  return [...found.values()];
}

/** The first function of this name that an object has or inherits; getters are not run. */
export function methodOf(object: object, name: string): unknown {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor) return typeof descriptor.value === 'function' ? descriptor.value : undefined;
  }
  return undefined;
}
