import { Observable } from 'rxjs';

/**
 * Calls `onEnd` when the Observable completes, fails or is unsubscribed; more than one of these may follow each other.
 *
 * @param onEnd - the error is what it failed with
 * @param subscribe - runs the subscription in another context; default: the context of the subscriber
 */
export function observeEnd(
  source: Observable<unknown>,
  onEnd: (hasFailed: boolean, error?: unknown) => void,
  subscribe: <R>(run: () => R) => R = (run) => run(),
): Observable<unknown> {
  return new Observable((subscriber) => {
    const subscription = subscribe(() =>
      source.subscribe({
        next: (value) => {
          subscriber.next(value);
        },
        error: (error: unknown) => {
          onEnd(true, error);
          subscriber.error(error);
        },
        complete: () => {
          onEnd(false);
          subscriber.complete();
        },
      }),
    );
    return () => {
      onEnd(false);
      subscription.unsubscribe();
    };
  });
}
