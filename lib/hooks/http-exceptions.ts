import type { PolicyOf } from '../capture/policy.js';
import type { ArgumentsHost } from '@nestjs/common';
import type { Handler } from '../context/execution.js';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { loadOptional } from '../optional-dependencies/load-optional.js';
import { patchBootstrap } from './bootstrap.js';
import { HttpFailure } from '../capture/http-failure.js';
import { patchEventStreams, trackStreamedResponses } from './streamed-responses.js';

/** Nest's handler of what leaves a route, with or without a filter of the application; the same in Nest 11 and 12. */
interface ExceptionsHandler {
  applicationRef?: object;
  next(exception: unknown, host: ArgumentsHost): void;
}
interface ExceptionFilters {
  create(instance: object, callback: object, ...rest: unknown[]): object;
}
type Prototype<T> = { prototype: T };

const state = processWide('nest-hooks', () => ({
  hooked: new WeakSet(),
  policies: new WeakMap<object, PolicyOf>(),
  handlers: new WeakMap<object, Handler>(),
}));

/** Reports the failures of the application behind this HTTP adapter. */
export function trackAdapter(adapter: object, policyOf: PolicyOf): void {
  state.policies.set(adapter, policyOf);
  trackStreamedResponses(adapter, policyOf);
}

/**
 * Hooks the one place that every exception of a route, guard, pipe, interceptor or middleware passes, whichever filter
 * answers it. A filter of our own would miss what a more specific filter takes, and could answer in its stead.
 *
 * @returns false where this version of Nest has no such place
 */
export function patchHttpExceptions(): boolean {
  const handler = loadOptional<{ ExceptionsHandler?: Prototype<ExceptionsHandler> }>(
    '@nestjs/core/exceptions/exceptions-handler.js',
  )?.ExceptionsHandler?.prototype;
  const filters = loadOptional<{ RouterExceptionFilters?: Prototype<ExceptionFilters> }>(
    '@nestjs/core/router/router-exception-filters.js',
  )?.RouterExceptionFilters?.prototype;
  if (typeof handler?.next !== 'function') return false;
  if (!state.hooked.has(handler)) {
    state.hooked.add(handler);
    hookNext(handler);
    if (typeof filters?.create === 'function') hookCreate(filters);
    patchEventStreams((adapter) => state.policies.get(adapter));
    patchBootstrap((adapter) => state.policies.get(adapter));
  }
  return true;
}

function hookNext(prototype: ExceptionsHandler): void {
  // Nest's own method, called below with the `this` that the hook was called with.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { next } = prototype;
  prototype.next = function (exception, host) {
    observeException(this, exception, host, () => {
      next.call(this, exception, host);
    });
  };
}

/** Nest makes one exceptions handler for each route: remembers which, also for what fails before the handler runs. */
function hookCreate(prototype: ExceptionFilters): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
  const { create } = prototype;
  prototype.create = function (instance, callback, ...rest) {
    const handler = create.call(this, instance, callback, ...rest);
    guarded('nest-hooks', () => {
      const type = instance.constructor;
      const method = (callback as { name?: string }).name ?? '';
      if (type !== Object) state.handlers.set(handler, { controller: type.name, method, type, callback });
    });
    return handler;
  };
}

/** Lets the application answer, then judges the failure by the answer. */
export function observeException(
  handler: { applicationRef?: object },
  exception: unknown,
  host: ArgumentsHost,
  answer: () => void,
): void {
  const policyOf = handler.applicationRef && state.policies.get(handler.applicationRef);
  const failure =
    policyOf && guarded('nest-hooks', () => new HttpFailure(exception, host, policyOf, state.handlers.get(handler)));
  try {
    answer();
  } finally {
    guarded('nest-hooks', () => failure?.answered());
  }
}
