import type { ArgumentsHost } from '@nestjs/common';
import { currentExecution, insideExecution, type Handler } from '../context/execution.js';
import { currentHandlerContext, withHandlerContext } from '../context/handler-context.js';
import { runExecution } from '../context/run-execution.js';
import { isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { loadOptional } from '../optional-dependencies/load-optional.js';
import { markJudged } from '../capture/judged-failures.js';
import { reportUnlessExpected, type Failure } from '../capture/report-failure.js';
import { trackedApplication, type TrackedApplication } from '../capture/application-registry.js';

type Prototype<T> = { prototype: T };
type Work = (...args: unknown[]) => Promise<unknown>;

/** Nest's handler of what leaves a handler that `ExternalContextCreator` made; the same in Nest 11 and 12. */
interface ExternalExceptionsHandler {
  next(exception: unknown, host: ArgumentsHost): unknown;
}
interface ExternalFilterContext {
  container?: { getModules?(): object };
  create(instance: object, callback: object, ...rest: unknown[]): object;
}
interface ExternalErrorProxy {
  createProxy(target: Work, handler: object, type?: string): Work;
}

interface Origin {
  handler: Handler;
  modules: object | undefined;
}

const state = processWide('external-hooks', () => ({
  hooked: new WeakSet(),
  origins: new WeakMap<object, Origin>(),
}));

/** Kinds whose executions are begun by a room of their own. */
const KNOWN_KINDS = new Set(['graphql']);

/**
 * Hooks what every GraphQL resolver and every handler of a third-party transport passes: Nest's
 * `ExternalContextCreator`. Where a version of Nest has no such place nothing happens.
 */
export function patchExternalContexts(): void {
  const handler = loadOptional<{ ExternalExceptionsHandler?: Prototype<ExternalExceptionsHandler> }>(
    '@nestjs/core/exceptions/external-exceptions-handler.js',
  )?.ExternalExceptionsHandler?.prototype;
  const filters = loadOptional<{ ExternalExceptionFilterContext?: Prototype<ExternalFilterContext> }>(
    '@nestjs/core/exceptions/external-exception-filter-context.js',
  )?.ExternalExceptionFilterContext?.prototype;
  const proxy = loadOptional<{ ExternalErrorProxy?: Prototype<ExternalErrorProxy> }>(
    '@nestjs/core/helpers/external-proxy.js',
  )?.ExternalErrorProxy?.prototype;
  if (typeof handler?.next !== 'function' || typeof filters?.create !== 'function') return;
  if (state.hooked.has(handler)) return;
  state.hooked.add(handler);
  hookCreate(filters);
  hookNext(handler);
  if (typeof proxy?.createProxy === 'function') hookProxy(proxy);
}

/** Remembers which handler of which application each exceptions handler stands behind. */
function hookCreate(prototype: ExternalFilterContext): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with the `this` that the hook was called with
  const { create } = prototype;
  prototype.create = function (instance, callback, ...rest) {
    const made = create.call(this, instance, callback, ...rest);
    guarded('external-hooks', () => {
      const type = instance.constructor;
      const method = (callback as { name?: string }).name?.replace(/^bound /, '') ?? '';
      const handler = { controller: type.name, method, type, callback };
      state.origins.set(made, { handler, modules: this.container?.getModules?.() });
    });
    return made;
  };
}

/** Lets the application's filter answer, then judges the failure by the answer. */
function hookNext(prototype: ExternalExceptionsHandler): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
  const { next } = prototype;
  prototype.next = function (exception, host) {
    const judge = guarded('external-hooks', () => judgement(this, exception, host));
    if (!judge) return next.call(this, exception, host);
    let answer: unknown;
    try {
      answer = next.call(this, exception, host);
    } catch (thrown) {
      judge(thrown, true);
      throw thrown;
    }
    // Other thenables may be lazy: following one would run it a second time.
    if (!(answer instanceof Promise)) judge(answer, false);
    else
      answer.then(
        (value: unknown) => {
          judge(value, false);
        },
        (thrown: unknown) => {
          judge(thrown, true);
        },
      );
    return answer;
  };
}

type Judge = (answer: unknown, threw: boolean) => void;

function judgement(self: object, exception: unknown, host: ArgumentsHost): Judge | undefined {
  const origin = state.origins.get(self);
  const owner = trackedApplication(origin?.modules);
  if (!origin || !owner || !isActive()) return undefined;
  const { handler } = origin;
  const kind = host.getType<string>();
  const place = currentHandlerContext() ?? { handler };
  return (answer, threw) => {
    guarded('external-hooks', () => {
      const failure: Failure = { error: exception, policyOf: owner.policyOf, handler, host, transport: kind };
      // What a filter returns is the value of the handler; where it is an error, GraphQL throws it.
      if (threw || answer instanceof Error) failure.answer = { replacement: { error: answer } };
      withHandlerContext(place, () => {
        currentExecution().handler ??= handler;
        reportUnlessExpected(failure);
      });
      markJudged(exception, place.at);
      if (failure.answer) markJudged(answer, place.at);
    });
  };
}

/** A handler of an unknown transport is an execution of its own, where nothing else has begun one. */
function hookProxy(prototype: ExternalErrorProxy): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
  const { createProxy } = prototype;
  prototype.createProxy = function (target, handler, type) {
    const work = createProxy.call(this, target, handler, type);
    const kind = type ?? 'external';
    if (KNOWN_KINDS.has(kind)) return work;
    return async (...args) => {
      const begin = insideExecution() ? undefined : guarded('external-hooks', () => beginning(handler, kind, args));
      return begin ? begin(() => work(...args)) : work(...args);
    };
  };
}

type Begin = (work: () => Promise<unknown>) => Promise<unknown>;

function beginning(self: object, kind: string, args: unknown[]): Begin | undefined {
  const origin = state.origins.get(self);
  const owner: TrackedApplication | undefined = trackedApplication(origin?.modules);
  if (!origin || !owner || !isActive()) return undefined;
  const { handler } = origin;
  const name = `${kind} ${handler.controller}.${handler.method}`;
  const facts = { kind, name, op: 'function.nestjs', handler, request: args[0], application: owner.context };
  return (work) => runExecution({ ...facts, tags: { kind } }, work);
}
