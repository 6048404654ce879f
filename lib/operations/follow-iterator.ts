import { types } from 'node:util';
import { guarded } from '../stats/stats.js';
import type { RunningOperation } from './running-operation.js';

type Step = IteratorResult<unknown>;
type Advance = (this: unknown, ...args: unknown[]) => Step | Promise<Step>;
export interface AnyIterator {
  next: Advance;
  return?: Advance;
  throw?: Advance;
}

/** An object that is walked through step by step: a generator, or any iterator that is its own iterable. */
export function isIterator(value: object): value is AnyIterator {
  if (types.isGeneratorObject(value)) return true;
  const candidate = value as Partial<Record<PropertyKey, unknown>>;
  if (typeof candidate.next !== 'function') return false;
  return [Symbol.asyncIterator, Symbol.iterator].some((symbol) => {
    const self = candidate[symbol];
    return typeof self === 'function' && guarded('operation-iterator', () => self.call(value) as unknown) === value;
  });
}

/** Watches the steps of an iterator on the object itself, whose identity and type the caller may rely on. */
export function followIterator(iterator: AnyIterator, running: RunningOperation): AnyIterator {
  let last: unknown;
  const settle = (step: Step): Step => {
    if (step.done) running.complete(step.value ?? last);
    else last = step.value;
    return step;
  };
  const fail = (error: unknown): never => {
    running.fail(error);
    throw error;
  };
  const watch = (advance: Advance): Advance =>
    function (this: unknown, ...args) {
      let step: Step | Promise<Step>;
      try {
        step = running.within(() => advance.apply(this, args));
      } catch (error) {
        return fail(error);
      }
      return types.isPromise(step) ? step.then(settle, fail) : settle(step);
    };
  for (const name of ['next', 'return', 'throw'] as const) {
    const advance = iterator[name];
    if (typeof advance !== 'function') continue;
    const done = Reflect.defineProperty(iterator, name, { value: watch(advance), configurable: true, writable: true });
    if (!done) running.complete();
  }
  return iterator;
}
