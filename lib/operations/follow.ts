import { isObservable, Observable } from 'rxjs';
import { types } from 'node:util';
import { guarded } from '../stats/stats.js';
import { followIterator, isIterator, type AnyIterator } from './follow-iterator.js';
import type { RunningOperation } from './running-operation.js';

type Nature = 'promise' | 'observable' | 'iterator' | 'thenable' | 'value';

/**
 * Lets an operation last as long as its work: until a Promise settles, an Observable ends, an iterator is done.
 * Everything else has ended when it is returned, and is returned as it is.
 *
 * @param again - begins one more run, for an Observable that is subscribed to more than once
 */
export function follow(value: unknown, running: RunningOperation, again: () => RunningOperation): unknown {
  switch (guarded('operation-result-nature', () => natureOf(value))) {
    case 'promise':
      return followPromise(value as Promise<unknown>, running);
    case 'observable':
      return followObservable(value as Observable<unknown>, running, again);
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

function natureOf(value: unknown): Nature {
  if (typeof value !== 'object' || value === null) return 'value';
  // A promise with a `then` of its own may do its work only when that is called, like a query builder.
  if (types.isPromise(value) && value.then === Promise.prototype.then) return 'promise';
  if (isObservable(value) && !isSubject(value)) return 'observable';
  if (isIterator(value)) return 'iterator';
  return typeof (value as { then?: unknown }).then === 'function' ? 'thenable' : 'value';
}

/** The new promise rejects like the old one, so that a rejection nobody handles stays one that nobody handles. */
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

/** A Subject is also written to: its identity matters, and it has no end of its own. */
function isSubject(value: object): boolean {
  return typeof (value as { next?: unknown }).next === 'function';
}

function followObservable(
  source: Observable<unknown>,
  first: RunningOperation,
  again: () => RunningOperation,
): Observable<unknown> {
  let unused: RunningOperation | undefined = first;
  return new Observable((subscriber) => {
    const running = unused ?? again();
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
      running.abandon();
      subscription.unsubscribe();
    };
  });
}

interface Thenable {
  then: (this: unknown, fulfilled?: unknown, rejected?: unknown) => unknown;
}

/**
 * A query builder does its work when it is awaited, each time anew: calling its `then` here would do it twice. So the
 * object stays what it is, and its own `then` tells when the work is done.
 *
 * @returns false where the object cannot be changed
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
