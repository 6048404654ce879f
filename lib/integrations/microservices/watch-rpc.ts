import type { ArgumentsHost } from '@nestjs/common';
import { isActive } from '../../client/state.js';
import type { Handler } from '../../context/execution.js';
import { runExecution, type BoundRunner } from '../../context/run-execution.js';
import { trackedApplication } from '../../capture/application-registry.js';
import type { Answer } from '../../capture/judge.js';
import { reportUnlessExpected } from '../../capture/report-failure.js';
import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { loadOptional } from '../../optional-dependencies/load-optional.js';
import { withHandlerSpan } from '../../tracing/handler-span.js';
import { describeMessage } from './message.js';
import { propagateTraces, receivedTrace } from './trace-carrier.js';

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
/** Where the handler of a message comes from: the code, and the modules of its application. */
interface Origin {
  handler: Handler;
  modules: object;
}

const state = processWide('rpc-hooks', () => ({
  hooked: new WeakSet(),
  origins: new WeakMap<object, Origin>(),
  /** The execution of a message, by the context object that Nest makes for it. */
  executions: new WeakMap<object, BoundRunner>(),
}));

const PACKAGE = '@nestjs/microservices';

/**
 * Watches message and event handlers of every Nest transport: each message is an execution of its own, each failure is
 * reported once, whichever filter answers it. Does nothing where the package is not installed.
 */
export function watchRpc(): void {
  const filters = prototypeOf<FiltersContext>(
    `${PACKAGE}/context/exception-filters-context.js`,
    'ExceptionFiltersContext',
  );
  const proxy = prototypeOf<Proxy>(`${PACKAGE}/context/rpc-proxy.js`, 'RpcProxy');
  const handlers = prototypeOf<ExceptionsHandler>(
    `${PACKAGE}/exceptions/rpc-exceptions-handler.js`,
    'RpcExceptionsHandler',
  );
  if (!filters || !proxy || !handlers || state.hooked.has(proxy)) return;
  state.hooked.add(proxy);
  noteOrigins(filters);
  openExecutions(proxy);
  seeFailures(handlers);
  propagateTraces();
}

function prototypeOf<T>(path: string, name: string): T | undefined {
  return loadOptional<Record<string, { prototype: T } | undefined>>(path)?.[name]?.prototype;
}

function noteOrigins(prototype: FiltersContext): void {
  // Nest's own methods, each called below with the `this` that the hook was called with.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { create } = prototype;
  prototype.create = function (instance, callback, ...rest) {
    const exceptionsHandler = create.call(this, instance, callback, ...rest);
    guarded('rpc-hooks', () => {
      const type = instance.constructor;
      const handler = { controller: type.name, method: (callback as { name: string }).name, type, callback };
      state.origins.set(exceptionsHandler, { handler, modules: this.container.getModules() });
    });
    return exceptionsHandler;
  };
}

function openExecutions(prototype: Proxy): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
  const { create } = prototype;
  prototype.create = function (target, exceptionsHandler, ...rest) {
    const listener = create.call(this, target, exceptionsHandler, ...rest);
    const origin = state.origins.get(exceptionsHandler);
    if (!origin) return listener;
    return (...args) => {
      const trace = receivedTrace();
      if (!isActive() || !trackedApplication(origin.modules)) return listener(...args);
      const facts = guarded('rpc-hooks', () => ({
        ...describeMessage(origin.handler, args, trace),
        application: trackedApplication(origin.modules)?.context,
      }));
      if (!facts) return listener(...args);
      return runExecution(facts, (inside) => {
        const context = args[1];
        if (typeof context === 'object' && context !== null) state.executions.set(context, inside);
        return withHandlerSpan(`${origin.handler.controller}.${origin.handler.method}`, () => listener(...args));
      });
    };
  };
}

function seeFailures(prototype: ExceptionsHandler): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
  const { handle } = prototype;
  prototype.handle = function (exception, host, ...rest) {
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
  // A stream may fail in a timer of somebody else's: the execution is found by the context of its message.
  const context = host.getArgByIndex<object | undefined>(1);
  const inside: BoundRunner = (context && state.executions.get(context)) ?? ((run) => run());
  inside(() => {
    reportUnlessExpected({ error, answer, policyOf, handler, host, transport: 'rpc' });
  });
}
