import { isActive } from '../client/state.js';
import type { Handler } from '../context/execution.js';
import { handlerOf } from '../context/handler.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { isHookedTransport, runHandler } from '../tracing/run-handler.js';
import { isTracingInterceptor } from '../tracing/tracing.interceptor.js';
import { patchMethod } from './patch-method.js';

type Callback = (...args: unknown[]) => unknown;

/** What runs the interceptors of every handler; the same in Nest 11 and 12. */
interface InterceptorsConsumer {
  intercept(
    interceptors: readonly unknown[] | undefined,
    args: readonly unknown[],
    instance: object,
    callback: Callback,
    next: () => Promise<unknown>,
    kind?: string,
    ...rest: unknown[]
  ): Promise<unknown>;
}

/** A handler whose application has imported `SentryModule`, and the interceptors of others. */
interface TrackedHandler {
  readonly handler: Handler & { callback: Callback };
  readonly others: readonly unknown[];
}

/** By the list of interceptors that Nest creates for each handler; undefined without an interceptor of this library. */
const trackedHandlers = processWide(
  'intercepted-handlers',
  () => new WeakMap<readonly unknown[], TrackedHandler | undefined>(),
);

/**
 * Takes the place of the application's {@link TracingInterceptor}: Nest creates Observables for each interceptor of a
 * request, and none for a handler without interceptors. Where the hook is not in place, the interceptor runs.
 */
export function patchInterceptors(): void {
  patchMethod<InterceptorsConsumer, 'intercept'>(
    'interceptors',
    { module: '@nestjs/core/interceptors/interceptors-consumer.js', className: 'InterceptorsConsumer' },
    'intercept',
    runWithoutInterceptor,
  );
}

function runWithoutInterceptor(intercept: InterceptorsConsumer['intercept']): InterceptorsConsumer['intercept'] {
  return function (this: InterceptorsConsumer, interceptors, args, instance, callback, next, kind = 'http', ...rest) {
    const tracked = guarded('interceptor', () => trackedHandlerOf(interceptors, instance, callback));
    if (!tracked) return intercept.call(this, interceptors, args, instance, callback, next, kind, ...rest);
    const run = () => intercept.call(this, tracked.others, args, instance, callback, next, kind, ...rest);
    return isHookedTransport(kind) || !isActive() ? run() : runHandler(tracked.handler, kind, args[0], run);
  };
}

function trackedHandlerOf(
  interceptors: readonly unknown[] | undefined,
  instance: object,
  callback: Callback,
): TrackedHandler | undefined {
  if (!interceptors || interceptors.length === 0) return undefined;
  const known = trackedHandlers.get(interceptors);
  if (known ? known.handler.callback === callback : trackedHandlers.has(interceptors)) return known;
  const others = interceptors.filter((interceptor) => !isTracingInterceptor(interceptor));
  const tracked =
    others.length === interceptors.length
      ? undefined
      : { handler: { ...handlerOf(instance.constructor, callback.name, callback), callback }, others };
  trackedHandlers.set(interceptors, tracked);
  return tracked;
}
