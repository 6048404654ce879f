/** Where a test called an asynchronous function: its failure shows that line, not the inside of this library. */
export class CallSite {
  private readonly error = new Error();

  /** Call this in the function that the test calls, before anything asynchronous. */
  constructor() {
    Error.captureStackTrace(this.error, CallSite);
  }

  fail(message: string): never {
    const { error } = this;
    const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
    const [, ...ofTest] = frames;
    error.message = message;
    error.stack = [`${error.name}: ${message}`, ...ofTest].join('\n');
    throw error;
  }
}
