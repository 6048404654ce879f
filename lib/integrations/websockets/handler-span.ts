import { handlerName, handlerOf } from '../../context/handler.js';
import { processWide } from '../../process-state/process-wide.js';
import { withHandlerSpan } from '../../tracing/handler-span.js';
import { isTracingInterceptor } from '../../tracing/tracing.interceptor.js';
import { policyOfEvent } from './gateway-execution.js';
import type { InterceptorsConsumer, WsContextCreator } from './nest-shapes.js';

const consumers = processWide('gateway-consumers', () => new WeakSet());

/** Nest 11 does not apply global interceptors to gateways, so the handler span wraps what interceptors call. */
export function traceHandlers(create: WsContextCreator['create']): WsContextCreator['create'] {
  return function (this: WsContextCreator, ...args) {
    const { interceptorsConsumer } = this;
    if (typeof interceptorsConsumer?.intercept === 'function') watch(interceptorsConsumer);
    return create.apply(this, args);
  };
}

function watch(consumer: InterceptorsConsumer): void {
  if (consumers.has(consumer)) return;
  consumers.add(consumer);
  const intercept = consumer.intercept.bind(consumer);
  consumer.intercept = (interceptors, args, instance, callback, next, ...rest) => {
    if (!policyOfEvent()) return intercept(interceptors, args, instance, callback, next, ...rest);
    const name = handlerName(handlerOf(instance.constructor, callback.name, callback));
    const traced = () => withHandlerSpan(name, next);
    return intercept(withoutOurs(interceptors), args, instance, callback, traced, ...rest);
  };
}

/** Nest 12 applies global interceptors to gateways; removing ours leaves the handler's result unchanged. */
function withoutOurs(interceptors: unknown[] | undefined): unknown[] | undefined {
  return interceptors?.some(isTracingInterceptor)
    ? interceptors.filter((interceptor) => !isTracingInterceptor(interceptor))
    : interceptors;
}
