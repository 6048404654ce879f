import type { Observable } from 'rxjs';
import { types } from 'node:util';
import { guarded } from '../stats/stats.js';
import { observeGenerator, isPlainGenerator } from './observe-generator.js';
import { observeObservable, isPlainObservable } from './observe-observable.js';
import type { RunningOperation } from './running-operation.js';

/**
 * Ends an operation when its work ends: when a promise settles, an Observable ends or a generator is done. Any other
 * value is returned unchanged, and the operation ends when the method returns.
 *
 * Only plain values of these kinds are followed, because following them has no visible effect. A subclass, or an object
 * with members of its own (`ky().json`, `connectable().connect`, a query builder, a cursor, a stream), cannot be
 * replaced by another promise or Observable, and inspecting it must not call any of its members.
 *
 * @param restart - starts another run, for an Observable that is subscribed to more than once
 * @param isNew - whether a promise cannot have been returned before: it comes from an `async` function
 */
export function observeResult(
  value: unknown,
  running: RunningOperation,
  restart: () => RunningOperation,
  isNew: boolean,
): unknown {
  if (typeof value === 'object' && value !== null) {
    // A proxy of a promise is no promise here.
    if (types.isPromise(value)) {
      if (isNew || isPlainPromise(value)) return observePromise(value, running, isNew);
    } else if (!types.isProxy(value)) {
      if (guarded('operation-result-kind', () => isPlainObservable(value)))
        return observeObservable(value as Observable<unknown>, running, restart);
      if (isPlainGenerator(value)) return observeGenerator(value, running);
    }
  }
  running.complete(value);
  return value;
}

/** Under which Node 20 and 22 keep ids on every promise, and the store of each AsyncLocalStorage. */
const NODE_NAMES = new Set(['async_id_symbol', 'trigger_async_id_symbol', 'kResourceStore']);
/** The symbols with these names that were found on promises. */
const nodeSymbols = new Set<symbol>();
const MAX_SYMBOLS = 100;

/** Node adds its data to promises under symbols; string keys, accessors and functions come from other code. */
function isPlainPromise(value: Promise<unknown>): boolean {
  if (Object.getPrototypeOf(value) !== Promise.prototype) return false;
  if (!Object.isExtensible(value)) return false; // Node may have to add its ids
  for (const key of Reflect.ownKeys(value)) if (!isOfNode(value, key)) return false;
  return true;
}

function isOfNode(value: object, key: string | symbol): boolean {
  if (typeof key === 'string') return false;
  if (nodeSymbols.has(key)) return true;
  const own = Reflect.getOwnPropertyDescriptor(value, key);
  if (own?.get !== undefined) return false;
  // A store may be a function.
  if (!NODE_NAMES.has(key.description ?? '')) return typeof own?.value !== 'function';
  if (nodeSymbols.size < MAX_SYMBOLS) nodeSymbols.add(key);
  return true;
}

/** The promises that were returned instead of an application's own. */
const observed = new WeakMap<Promise<unknown>, Promise<unknown>>();

/**
 * The new promise rejects like the original, so that an unhandled rejection stays unhandled. A method that returns the
 * same promise again (a cache, a batch) still does so.
 */
function observePromise(promise: Promise<unknown>, running: RunningOperation, isNew: boolean): Promise<unknown> {
  const known = isNew ? undefined : observed.get(promise);
  if (known) {
    promise.then(
      (value) => {
        running.complete(value);
      },
      (error: unknown) => {
        running.fail(error);
      },
    );
    return known;
  }
  const result = promise.then(
    (value) => {
      running.complete(value);
      return value;
    },
    (error: unknown) => {
      running.fail(error);
      throw error;
    },
  );
  if (!isNew) observed.set(promise, result);
  return result;
}
