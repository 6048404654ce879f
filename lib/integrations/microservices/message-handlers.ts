import type { ArgumentsHost } from '@nestjs/common';
import { isActive } from '../../client/state.js';
import { isReference } from '../../context/operation-chain.js';
import type { Handler } from '../../context/execution.js';
import { handlerName, handlerOf, methodNameOf } from '../../context/handler.js';
import { runExecution } from '../../context/run-execution.js';
import type { ContextRunner } from '../../process-state/context-runner.js';
import { trackedApplication } from '../../capture/application-registry.js';
import type { Answer } from '../../capture/judge.js';
import { reportUnlessExpected } from '../../capture/report-failure.js';
import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { patchCopy, patchMethod } from '../../hooks/patch-method.js';
import { withHandlerSpan } from '../../tracing/handler-span.js';
import { grpcCallOf, grpcHandlers, isGrpcPattern, runCall, traceOfCall } from './grpc-call.js';
import { noteReported } from './in-process-messages.js';
import { describeMessage, patternOf } from './message.js';
import { receivedTrace } from './received-trace.js';
import { propagateTraces } from './trace-propagation.js';

type Listener = (...args: unknown[]) => Promise<unknown>;
interface FiltersContext {
  container: { getModules(): object };
  create(instance: object, callback: object, ...rest: unknown[]): object;
}
interface Proxy {
  create(target: Listener, exceptionsHandler: object, ...rest: unknown[]): Listener;
}
interface ExceptionsHandler {
  handle(exception: unknown, host: ArgumentsHost, ...rest: unknown[]): unknown;
}
/** The handler of a message, and the modules of its application. */
interface Origin {
  handler: Handler;
  modules: object;
}

const state = processWide('message-handlers', () => ({
  origins: new WeakMap<object, Origin>(),
  /** The execution of a message, by the context object that Nest creates for it. */
  executions: new WeakMap<object, { inside: ContextRunner; packetId?: string }>(),
}));

const PACKAGE = '@nestjs/microservices';

/**
 * Tracks message and event handlers of every Nest transport: each message is a separate execution, and each failure is
 * reported once, whichever filter handles it.
 */
export function trackMessageHandlers(): void {
  patchMethod<FiltersContext, 'create'>(
    'microservices',
    { module: `${PACKAGE}/context/exception-filters-context.js`, className: 'ExceptionFiltersContext' },
    'create',
    rememberOrigin,
  );
  patchMethod<Proxy, 'create'>(
    'microservices',
    { module: `${PACKAGE}/context/rpc-proxy.js`, className: 'RpcProxy' },
    'create',
    beginExecutions,
  );
  patchMethod<ExceptionsHandler, 'handle'>(
    'microservices',
    { module: `${PACKAGE}/exceptions/rpc-exceptions-handler.js`, className: 'RpcExceptionsHandler' },
    'handle',
    judgeByAnswer,
  );
  propagateTraces();
}

function rememberOrigin(create: FiltersContext['create']): FiltersContext['create'] {
  return function (this: FiltersContext, instance, callback, ...rest) {
    const exceptionsHandler = create.call(this, instance, callback, ...rest);
    guarded('rpc-hooks', () => {
      patchCopy('RpcExceptionsHandler', exceptionsHandler);
      const type = instance.constructor;
      const handler = handlerOf(type, methodNameOf(type, callback), callback);
      state.origins.set(exceptionsHandler, { handler, modules: this.container.getModules() });
    });
    return exceptionsHandler;
  };
}

function beginExecutions(create: Proxy['create']): Proxy['create'] {
  return function (this: Proxy, target, exceptionsHandler, ...rest) {
    const listener = create.call(this, target, exceptionsHandler, ...rest);
    const origin = state.origins.get(exceptionsHandler);
    if (!origin) return listener;
    const { handler } = origin;
    const pattern = patternOf(handler);
    if (isGrpcPattern(pattern)) grpcHandlers.areServed = true;
    return (...args) => {
      const call = isGrpcPattern(pattern) ? grpcCallOf(pattern, args) : undefined;
      const trace = call ? guarded('rpc-trace', () => traceOfCall(call)) : receivedTrace();
      const owner = isActive() ? trackedApplication(origin.modules) : undefined;
      if (!owner) return listener(...args);
      const facts = guarded('rpc-hooks', () => ({
        ...describeMessage(handler, args, trace),
        application: owner.context,
      }));
      if (!facts) return listener(...args);
      const handle = (given: unknown[], inside: ContextRunner) => {
        const context = contextOf(given);
        if (context) state.executions.set(context, { inside, packetId: trace?.packetId });
        return withHandlerSpan(handlerName(handler), () => listener(...given));
      };
      if (call && isGrpcPattern(pattern)) return runCall(pattern, call, args, facts, handle);
      return runExecution(facts, (inside) => handle(args, inside));
    };
  };
}

/** What identifies a message among the arguments of its handler: its context object, or the call of gRPC. */
function contextOf(args: readonly unknown[]): object | undefined {
  return args.slice(0, 2).reverse().find(isReference);
}

function judgeByAnswer(handle: ExceptionsHandler['handle']): ExceptionsHandler['handle'] {
  return function (this: ExceptionsHandler, exception, host, ...rest) {
    const note = (filterAnswer: Answer) => {
      guarded('rpc-hooks', () => {
        judgeMessage(state.origins.get(this), exception, filterAnswer, host);
      });
    };
    let answer: unknown;
    try {
      answer = handle.call(this, exception, host, ...rest);
    } catch (failureOfFilter) {
      note({ replacement: { error: failureOfFilter } });
      throw failureOfFilter;
    }
    note({});
    return answer;
  };
}

function judgeMessage(origin: Origin | undefined, error: unknown, answer: Answer, host: ArgumentsHost): void {
  const owner = origin && trackedApplication(origin.modules);
  if (!owner || !isActive()) return;
  const { policyOf } = owner;
  const { handler } = origin;
  // A stream may fail in another execution: the context of the message identifies the right one.
  const context = contextOf(host.getArgs());
  const { inside, packetId } = (context && state.executions.get(context)) ?? {
    inside: (run: () => void) => {
      run();
    },
  };
  inside(() => {
    const eventId = reportUnlessExpected({ error, answer, policyOf, handler, host, transport: 'rpc' });
    if (eventId) noteReported(packetId, eventId);
  });
}
