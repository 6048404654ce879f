import { isObservable, Observable } from 'rxjs';
import { types } from 'node:util';
import { guarded } from '../stats/stats.js';
import { followIterator, isIterator, type AnyIterator } from './follow-iterator.js';
import type { RunningOperation } from './running-operation.js';

type ResultKind = 'promise' | 'observable' | 'iterator' | 'thenable' | 'value';

/**
 * Ends an operation when its work ends: when a Promise settles, an Observable ends or an iterator is done. For any other
 * value it ends at once, and the value is returned unchanged.
 *
 * @param restart - starts another run, for an Observable that is subscribed to more than once
 */
export function follow(value: unknown, running: RunningOperation, restart: () => RunningOperation): unknown {
  switch (guarded('operation-result-kind', () => kindOf(value))) {
    case 'promise':
      return followPromise(value as Promise<unknown>, running);
    case 'observable':
      return followObservable(value as Observable<unknown>, running, restart);
    case 'iterator':
      return followIterator(value as AnyIterator, running);
    case 'thenable':
      if (followThenable(value as Thenable, running)) return value;
      break;
    default:
  }
  running.complete(value);
  return value;
}

function kindOf(value: unknown): ResultKind {
  if (typeof value !== 'object' || value === null) return 'value';
  // A promise with its own `then` may be lazy and only work when that is called, like a query builder.
  if (types.isPromise(value) && value.then === Promise.prototype.then) return 'promise';
  if (isObservable(value) && !isSubject(value)) return 'observable';
  if (isIterator(value)) return 'iterator';
  return typeof (value as { then?: unknown }).then === 'function' ? 'thenable' : 'value';
}

/** The new promise rejects like the original, so that an unhandled rejection stays unhandled. */
function followPromise(promise: Promise<unknown>, running: RunningOperation): Promise<unknown> {
  return promise.then(
    (value) => {
      running.complete(value);
      return value;
    },
    (error: unknown) => {
      running.fail(error);
      throw error;
    },
  );
}

/** A Subject is also written to, so its identity matters and it may never end. */
function isSubject(value: object): boolean {
  return typeof (value as { next?: unknown }).next === 'function';
}

function followObservable(
  source: Observable<unknown>,
  first: RunningOperation,
  restart: () => RunningOperation,
): Observable<unknown> {
  let unused: RunningOperation | undefined = first;
  return new Observable((subscriber) => {
    const running = unused ?? restart();
    unused = undefined;
    let last: unknown;
    const subscription = running.within(() =>
      source.subscribe({
        next: (value) => {
          last = value;
          subscriber.next(value);
        },
        error: (error: unknown) => {
          running.fail(error);
          subscriber.error(error);
        },
        complete: () => {
          running.complete(last);
          subscriber.complete();
        },
      }),
    );
    return () => {
      running.cancel();
      subscription.unsubscribe();
    };
  });
}

interface Thenable {
  then: (this: unknown, fulfilled?: unknown, rejected?: unknown) => unknown;
}

/**
 * A query builder runs its query each time it is awaited: calling its `then` here would run it twice. So its own `then`
 * is wrapped, on the same object.
 *
 * @returns false if the object cannot be changed
 */
function followThenable(value: Thenable, running: RunningOperation): boolean {
  const then = value.then;
  const followed = function (this: unknown, fulfilled?: unknown, rejected?: unknown): unknown {
    return running.within(() =>
      then.call(
        this,
        (result: unknown) => {
          running.complete(result);
          return typeof fulfilled === 'function' ? (fulfilled as (value: unknown) => unknown)(result) : result;
        },
        (error: unknown) => {
          running.fail(error);
          if (typeof rejected === 'function') return (rejected as (error: unknown) => unknown)(error);
          throw error;
        },
      ),
    );
  };
  return Reflect.defineProperty(value, 'then', { value: followed, configurable: true, writable: true });
}
