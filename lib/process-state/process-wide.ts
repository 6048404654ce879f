/**
 * Version of the shape of all process-wide values. Raise it whenever a release changes the type or the meaning of any
 * value passed to {@link processWide}: two versions of this package in one process must not share a value that one of
 * them would misread. Copies of the same version, such as the CommonJS and the ES build, do share it.
 */
export const STATE_VERSION = 1;

/**
 * Returns one value per process, even if both the CommonJS and the ES copy of this package are loaded.
 *
 * @param name - unique within this package
 * @param create - called once, by the first caller
 */
export function processWide<T>(name: string, create: () => T): T {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(processWideKey(name));
  return (store[key] ??= create());
}

/** The key of the registered symbol under which the value is stored. */
export function processWideKey(name: string): string {
  return `nestjs-error-tracker@${STATE_VERSION}.${name}`;
}
