import { AsyncResource } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';

/** Calls a function in the asynchronous context in which this runner was created. */
export type ContextRunner = <R>(run: () => R) => R;

/**
 * Keeps the current asynchronous context for calls that come from another one, with every `AsyncLocalStorage`: not for
 * code of the application, which finds its own as they are where it is called.
 *
 * @param name - as async hooks see it
 */
export function keepContext(name: string): ContextRunner {
  const resource = new AsyncResource(`nestjs-error-tracker.${name}`, { requireManualDestroy: true });
  // It stays usable, but tools that list open handles do not count it.
  resource.emitDestroy();
  return (run) => resource.runInAsyncScope(run);
}

/** Runs the listeners of an emitter in the context of the runner, whatever emits. */
export function emitInside(emitter: EventEmitter, inside: ContextRunner): void {
  const emit = emitter.emit.bind(emitter);
  const value: typeof emit = (...args) =>
    emitter.listenerCount(args[0]) > 0 ? inside(() => emit(...args)) : emit(...args);
  // Not enumerable, as the method of the prototype.
  Object.defineProperty(emitter, 'emit', { value, configurable: true, writable: true });
}
