/** Nest's `ModulesContainer`, by its shape. */
export type ModulesContainer = ReadonlyMap<string, Module>;
interface Module {
  /** By their tokens. */
  readonly providers: ReadonlyMap<unknown, { readonly metatype?: unknown; readonly instance?: unknown }>;
}

/**
 * The prototypes of all provider classes of an application, so that a class of a partner library can be found by its
 * methods. It is the copy that the application uses, even in a bundle.
 */
export function providerPrototypes(modules: ModulesContainer): Set<object> {
  const prototypes = new Set<object>();
  for (const { providers } of modules.values()) {
    for (const { metatype } of providers.values()) {
      const prototype: unknown = typeof metatype === 'function' ? metatype.prototype : undefined;
      if (typeof prototype === 'object' && prototype !== null) prototypes.add(prototype);
    }
  }
  return prototypes;
}

/** The object in the prototype chain that defines a method, which is the one to patch. */
export function definedBy<T extends object>(prototype: object, method: keyof T & string): T | undefined {
  for (let next: object | null = prototype; next; next = Object.getPrototypeOf(next) as object | null) {
    if (Object.hasOwn(next, method)) return next as T;
  }
  return undefined;
}
