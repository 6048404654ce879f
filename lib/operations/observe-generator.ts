import { types } from 'node:util';
import type { RunningOperation } from './running-operation.js';

type Step = IteratorResult<unknown>;
type Advance = (this: unknown, ...args: unknown[]) => Step | Promise<Step>;
export type AnyGenerator = Record<'next' | 'return' | 'throw', Advance>;

/** Whether this is an unmodified object of a generator function. */
export function isPlainGenerator(value: object): value is AnyGenerator {
  return types.isGeneratorObject(value) && Reflect.ownKeys(value).length === 0 && Object.isExtensible(value);
}

/** Wraps the methods of the generator itself, because the caller may rely on its identity and type. */
export function observeGenerator(generator: AnyGenerator, running: RunningOperation): AnyGenerator {
  let last: unknown;
  const observe = (step: Step): Step => {
    if (step.done) running.complete(step.value ?? last);
    else last = step.value;
    return step;
  };
  const fail = (error: unknown): never => {
    running.fail(error);
    throw error;
  };
  const wrap = (advance: Advance): Advance =>
    function (this: unknown, ...args) {
      let step: Step | Promise<Step>;
      try {
        step = running.within(() => advance.apply(this, args));
      } catch (error) {
        return fail(error);
      }
      return types.isPromise(step) ? step.then(observe, fail) : observe(step);
    };
  for (const name of ['next', 'return', 'throw'] as const) {
    Object.defineProperty(generator, name, { value: wrap(generator[name]), configurable: true, writable: true });
  }
  return generator;
}
