import { types } from 'node:util';

/**
 * What a hook of the application answered, if it answered at once: hooks run while an event is built, which does not wait.
 * The rejection of a promise that nobody waits for would end the process, so it is part of the failure.
 *
 * @throws TypeError - if the answer is a promise
 */
export function requireSynchronous<T>(answer: T): T {
  if (typeof (answer as { then?: unknown } | null | undefined)?.then !== 'function') return answer;
  // Calling `then` of anything but a promise may begin its work, as of a query builder.
  if (types.isPromise(answer)) void Promise.prototype.then.call(answer, undefined, () => undefined);
  throw new TypeError('A hook answered with a promise; it must answer at once');
}
