/** Where a test called an asynchronous function: its failure shows that line, not the inside of this library. */
export class CallSite {
  private readonly error = new Error();

  /** @param called - the function, which is left out of the stack */
  constructor(called: (...args: never[]) => unknown) {
    Error.captureStackTrace(this.error, called);
  }

  fail(message: string): never {
    const { error } = this;
    const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
    error.message = message;
    error.stack = [`${error.name}: ${message}`, ...frames].join('\n');
    throw error;
  }
}
