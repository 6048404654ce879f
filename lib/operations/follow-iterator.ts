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

/** Whether this is a generator, or an iterator that is its own iterable. */
export function isIterator(value: object): value is AnyIterator {
  if (types.isGeneratorObject(value)) return true;
  const candidate = value as Partial<Record<PropertyKey, unknown>>;
  if (typeof candidate.next !== 'function') return false;
  return [Symbol.asyncIterator, Symbol.iterator].some((symbol) => {
    const self = candidate[symbol];
    return typeof self === 'function' && guarded('operation-iterator', () => self.call(value) as unknown) === value;
  });
}

/** Wraps the methods of the iterator itself, because the caller may rely on its identity and type. */
export function followIterator(iterator: AnyIterator, running: RunningOperation): AnyIterator {
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
    const advance = iterator[name];
    if (typeof advance !== 'function') continue;
    const isWrapped = Reflect.defineProperty(iterator, name, {
      value: wrap(advance),
      configurable: true,
      writable: true,
    });
    if (!isWrapped) running.complete();
  }
  return iterator;
}
