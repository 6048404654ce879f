/**
 * Runs a handler as an execution, and returns or throws as the handler itself does: what is not a promise is returned, or
 * thrown, before this returns.
 *
 * @param execute - runs the handler, whose work starts before it returns
 */
export function runAsCalled(execute: (run: () => unknown) => Promise<unknown>, handler: () => unknown): unknown {
  let immediate: { value: unknown } | { error: unknown } | undefined;
  const result = execute(() => {
    try {
      const value = handler();
      if (value instanceof Promise) return value;
      // Not passed on: a thenable would be run twice.
      immediate = { value };
      return undefined;
    } catch (error) {
      immediate = { error };
      throw error;
    }
  });
  if (!immediate) return result;
  result.catch(() => undefined);
  if ('error' in immediate) throw immediate.error;
  return immediate.value;
}
