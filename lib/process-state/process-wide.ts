/**
 * One value for the whole process, also where the CommonJS and the ES copy of this package are both loaded.
 *
 * @param name - unique within this package
 * @param create - called once, by whoever asks first
 */
export function processWide<T>(name: string, create: () => T): T {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(processWideKey(name));
  return (store[key] ??= create());
}

/** The key of the registered symbol under which the value stands. */
export function processWideKey(name: string): string {
  return `nestjs-error-tracker.${name}`;
}
