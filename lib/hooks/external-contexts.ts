import type { ArgumentsHost } from '@nestjs/common';
import { insideExecution, ownExecution, type Handler } from '../context/execution.js';
import { handlerName, handlerOf } from '../context/handler.js';
import { currentHandlerContext, withHandlerContext } from '../context/handler-context.js';
import { runExecution } from '../context/run-execution.js';
import { isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { markJudged } from '../capture/judged-failures.js';
import { reportUnlessExpected, type Failure } from '../capture/report-failure.js';
import { trackedApplication, type TrackedApplication } from '../capture/application-registry.js';
import { patchCopy, patchMethod } from './patch-method.js';

type Work = (...args: unknown[]) => Promise<unknown>;

/** Nest's handler of errors thrown by handlers that `ExternalContextCreator` created; the same in Nest 11 and 12. */
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

const origins = processWide('external-origins', () => new WeakMap<object, Origin>());

/** Kinds whose own modules begin their executions. */
const KNOWN_KINDS = new Set(['graphql']);

/**
 * Patches Nest's `ExternalContextCreator`, which creates every GraphQL resolver and every handler of a third-party
 * transport.
 */
export function patchExternalContexts(): void {
  patchMethod<ExternalFilterContext, 'create'>(
    'externalContexts',
    {
      module: '@nestjs/core/exceptions/external-exception-filter-context.js',
      className: 'ExternalExceptionFilterContext',
    },
    'create',
    rememberOrigin,
  );
  patchMethod<ExternalExceptionsHandler, 'next'>(
    'externalContexts',
    { module: '@nestjs/core/exceptions/external-exceptions-handler.js', className: 'ExternalExceptionsHandler' },
    'next',
    judgeByAnswer,
  );
  patchMethod<ExternalErrorProxy, 'createProxy'>(
    'externalContexts',
    { module: '@nestjs/core/helpers/external-proxy.js', className: 'ExternalErrorProxy' },
    'createProxy',
    beginExecutions,
  );
}

/** Remembers which handler of which application each exceptions handler belongs to. */
function rememberOrigin(create: ExternalFilterContext['create']): ExternalFilterContext['create'] {
  return function (this: ExternalFilterContext, instance, callback, ...rest) {
    const made = create.call(this, instance, callback, ...rest);
    guarded('hooks', () => {
      patchCopy('ExternalExceptionsHandler', made);
      const type = instance.constructor;
      const method = (callback as { name?: string }).name?.replace(/^bound /, '') ?? '';
      const handler = handlerOf(type, method, callback);
      origins.set(made, { handler, modules: this.container?.getModules?.() });
    });
    return made;
  };
}

/** Lets the application's filter respond, then judges the failure by the response. */
function judgeByAnswer(next: ExternalExceptionsHandler['next']): ExternalExceptionsHandler['next'] {
  return function (this: ExternalExceptionsHandler, exception, host) {
    const judge = guarded('hooks', () => judgement(this, exception, host));
    if (!judge) return next.call(this, exception, host);
    let answer: unknown;
    try {
      answer = next.call(this, exception, host);
    } catch (thrown) {
      judge(thrown, true);
      throw thrown;
    }
    // Other thenables may be lazy: calling `then` would run them a second time.
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
  const origin = origins.get(self);
  const owner = trackedApplication(origin?.modules);
  if (!origin || !owner || !isActive()) return undefined;
  const { handler } = origin;
  const kind = host.getType<string>();
  const place = currentHandlerContext() ?? { handler };
  return (answer, threw) => {
    guarded('hooks', () => {
      const failure: Failure = { error: exception, policyOf: owner.policyOf, handler, host, transport: kind };
      // The return value of a filter becomes the value of the handler; if it is an error, GraphQL throws it.
      if (threw || answer instanceof Error) failure.answer = { replacement: { error: answer } };
      withHandlerContext(place, () => {
        ownExecution().handler ??= handler;
        reportUnlessExpected(failure);
      });
      markJudged(exception, place.at);
      if (failure.answer) markJudged(answer, place.at);
    });
  };
}

/** A handler of an unknown transport runs as an execution, unless one has already begun. */
function beginExecutions(createProxy: ExternalErrorProxy['createProxy']): ExternalErrorProxy['createProxy'] {
  return function (this: ExternalErrorProxy, target, handler, type) {
    const work = createProxy.call(this, target, handler, type);
    const kind = type ?? 'external';
    if (KNOWN_KINDS.has(kind)) return work;
    return async (...args) => {
      const begin = insideExecution() ? undefined : guarded('hooks', () => beginning(handler, kind, args));
      return begin ? begin(() => work(...args)) : work(...args);
    };
  };
}

type Begin = (work: () => Promise<unknown>) => Promise<unknown>;

function beginning(self: object, kind: string, args: unknown[]): Begin | undefined {
  const origin = origins.get(self);
  const owner: TrackedApplication | undefined = trackedApplication(origin?.modules);
  if (!origin || !owner || !isActive()) return undefined;
  const { handler } = origin;
  const name = `${kind} ${handlerName(handler)}`;
  const facts = { kind, name, op: 'function.nestjs', handler, request: args[0], application: owner.context };
  return (work) => runExecution({ ...facts, tags: { kind } }, work);
}
