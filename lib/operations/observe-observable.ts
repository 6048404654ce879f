import { Observable } from 'rxjs';
import type { RunningOperation } from './running-operation.js';

/** The own properties of an Observable in rxjs 6 and 7; other properties were added by other code. */
const FIELDS = new Set<PropertyKey>(['source', 'operator', '_subscribe', '_isScalar']);

/**
 * Whether this is a plain Observable, of this copy of rxjs or of another one: not a Subject, not a
 * ConnectableObservable, and without members of its own.
 */
export function isPlainObservable(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (!prototype || (prototype !== Observable.prototype && !isForeignPrototype(prototype))) return false;
  return Reflect.ownKeys(value).every((key) => FIELDS.has(key));
}

function isForeignPrototype(prototype: object): boolean {
  if (Object.getPrototypeOf(prototype) !== Object.prototype) return false;
  const members = ['subscribe', 'lift', 'pipe', 'forEach'].map((name) => ownFunction(prototype, name));
  return members.every(Boolean) && ownFunction(prototype, 'constructor')?.name === 'Observable';
}

function ownFunction(target: object, name: string): { name: string } | undefined {
  const value: unknown = Reflect.getOwnPropertyDescriptor(target, name)?.value;
  return typeof value === 'function' ? value : undefined;
}

/** @returns an Observable of the same copy of rxjs */
export function observeObservable(
  source: Observable<unknown>,
  first: RunningOperation,
  restart: () => RunningOperation,
): Observable<unknown> {
  let unused: RunningOperation | undefined = first;
  const Same = source.constructor as typeof Observable;
  return new Same((subscriber) => {
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
