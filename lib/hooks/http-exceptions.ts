import type { ArgumentsHost } from '@nestjs/common';
import { HttpFailure } from '../capture/http-failure.js';
import type { PolicyOf } from '../capture/policy.js';
import type { Handler } from '../context/execution.js';
import { handlerOf } from '../context/handler.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { patchCopy, patchMethod } from './patch-method.js';
import { trackStreamedResponses } from './streamed-responses.js';

/** Nest's handler of exceptions of a route, whether or not the application has a filter; the same in Nest 11 and 12. */
interface ExceptionsHandler {
  applicationRef?: object;
  next(exception: unknown, host: ArgumentsHost): void;
}
interface ExceptionFilters {
  create(instance: object, callback: object, ...rest: unknown[]): object;
}

const state = processWide('http-exceptions', () => ({
  policies: new WeakMap<object, PolicyOf>(),
  handlers: new WeakMap<object, Handler>(),
}));

/** Reports the failures of the application behind this HTTP adapter. */
export function trackAdapter(adapter: object, policyOf: PolicyOf): void {
  state.policies.set(adapter, policyOf);
  trackStreamedResponses(adapter, policyOf);
}

/** @returns undefined if the application behind this adapter has not imported `SentryModule` */
export function policyOfAdapter(adapter: object | undefined): PolicyOf | undefined {
  return adapter && state.policies.get(adapter);
}

/**
 * Patches the method that handles every exception of a route, guard, pipe, interceptor or middleware, whichever filter
 * catches it. A filter of our own would miss exceptions that a more specific filter catches, and could take precedence
 * over the application's filters.
 *
 * @returns false if this version of Nest has no such method
 */
export function patchHttpExceptions(): boolean {
  patchMethod<ExceptionFilters, 'create'>(
    'exceptions',
    { module: '@nestjs/core/router/router-exception-filters.js', className: 'RouterExceptionFilters' },
    'create',
    rememberHandler,
  );
  return patchMethod<ExceptionsHandler, 'next'>(
    'exceptions',
    { module: '@nestjs/core/exceptions/exceptions-handler.js', className: 'ExceptionsHandler' },
    'next',
    (next) =>
      function (exception, host) {
        observeException(this, exception, host, () => {
          next.call(this, exception, host);
        });
      },
  );
}

/** Nest creates one exceptions handler per route: remembers its handler, also for failures before the handler runs. */
function rememberHandler(create: ExceptionFilters['create']): ExceptionFilters['create'] {
  return function (this: ExceptionFilters, instance, callback, ...rest) {
    const handler = create.call(this, instance, callback, ...rest);
    guarded('hooks', () => {
      patchCopy('ExceptionsHandler', handler);
      const type = instance.constructor;
      const method = (callback as { name?: string }).name ?? '';
      if (type !== Object) state.handlers.set(handler, handlerOf(type, method, callback));
    });
    return handler;
  };
}

/** Lets the application respond, then judges the failure by the response. */
export function observeException(
  handler: { applicationRef?: object },
  exception: unknown,
  host: ArgumentsHost,
  answer: () => void,
): void {
  const policyOf = policyOfAdapter(handler.applicationRef);
  const failure =
    policyOf && guarded('http-failure', () => new HttpFailure(exception, host, policyOf, state.handlers.get(handler)));
  try {
    answer();
  } finally {
    guarded('http-failure', () => failure?.answered());
  }
}
