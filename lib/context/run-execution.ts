import {
  continueTrace,
  getActiveSpan,
  getClient,
  getIsolationScope,
  withIsolationScope,
  withScope,
  type Scope,
  type Span,
} from '@sentry/nestjs';
import type { ContextRunner } from '../process-state/context-runner.js';
import { isObservable } from 'rxjs';
import { CRITICAL_SPAN } from '../client/critical-span.js';
import { runInNewSpan, type StartSpanOptions } from '../client/run-in-new-span.js';
import { INTERNAL_ERROR, SPAN_STATUS_ERROR, SPAN_STATUS_OK } from '../client/span-status.js';
import { guarded } from '../stats/stats.js';
import { applicationOf } from './applications.js';
import { isCriticalHandler } from './critical.js';
import {
  currentExecution,
  deriveExecution,
  insideExecution,
  startExecution,
  type ApplicationContext,
  type Execution,
  type Handler,
  type JobFacts,
} from './execution.js';
import { currentHandlerContext, withHandlerContext } from './handler-context.js';
import { keepExecution } from './keep-execution.js';
import { platformRequest } from './http-execution.js';
import { observeEnd } from './observe-end.js';
import { withinOperation } from './operation.js';
import { copyProcessScope, emptyScope, inOwnTrace, joinTraceOf } from './scopes.js';

/** Describes a message, a socket event or any other unit of work. */
export interface ExecutionFacts {
  /** The type of Nest's ArgumentsHost: `rpc`, `ws`, … */
  kind: string;
  /** Name of the transaction and of error events: `rpc orders.create`. */
  name: string;
  /** Sentry's span operation of the transaction: `rpc.server`, `websocket.server`. */
  op: string;
  handler?: Handler;
  /** If it is a job. */
  job?: JobFacts;
  /** Whether it is always traced; default: whether its handler is marked critical. */
  critical?: boolean;
  /** The application whose options apply; default: the only one in the process. */
  application?: ApplicationContext;
  /** The argument of the user resolver and of `context.tags`. */
  request?: unknown;
  /** Reads the user from the transport, if that is not `request.user`. */
  userOf?: () => unknown;
  tags?: Record<string, string>;
  /** The message; sent as the context `payload`, scrubbed like all data. */
  payload?: unknown;
  /** Returns further contexts of its events; called when an event is built. */
  contexts?: () => Record<string, Record<string, unknown>>;
  /** Attributes of its span, in addition to its tags. */
  attributes?: StartSpanOptions['attributes'];
  /** Headers of the trace to continue. */
  trace?: { sentryTrace?: string; baggage?: string };
  /** The spans that caused it, in other traces. */
  links?: StartSpanOptions['links'];
  /** Whether an error that ends it means that it has failed; default: any does. */
  isFailure?: (error: unknown) => boolean;
  /** Whether it starts with a copy of the surrounding scope, and as a span of the surrounding trace. */
  inherits?: boolean;
}

/** Receives what runs a function inside this execution later, wherever it is called. */
type Work<T> = (runInside: ContextRunner) => Promise<T>;

/**
 * Runs one message, event or job as its own execution: with its own scope, and a transaction that lasts until the
 * Promise settles and, if it resolves to an Observable, until that ends. The work starts before this returns.
 */
export function runExecution<T>(facts: ExecutionFacts, work: Work<T>): Promise<T> {
  const client = getClient();
  if (!client) return work((run) => run());
  if (currentHandlerContext()) return withHandlerContext(undefined, () => runExecution(facts, work));
  if (facts.inherits && (insideExecution() || getActiveSpan())) return runInheriting(facts, work);
  const isolation = copyProcessScope(client);
  const execution = startExecution(isolation);
  describe(execution, isolation, facts);
  return withIsolationScope(isolation, () =>
    withScope(emptyScope(client), () =>
      withinOperation(undefined, () => withTrace(facts, () => runTraced(facts, execution, work))),
    ),
  );
}

function runInheriting<T>(facts: ExecutionFacts, work: Work<T>): Promise<T> {
  const isolation = getIsolationScope().clone();
  const parent = insideExecution() ? currentExecution() : undefined;
  const execution = startExecution(isolation, parent && deriveExecution(parent));
  if (parent) execution.request = platformRequest(parent);
  describe(execution, isolation, facts);
  return withIsolationScope(isolation, () => runTraced(facts, execution, work));
}

function describe(execution: Execution, isolation: Scope, facts: ExecutionFacts): void {
  execution.kind = facts.kind;
  execution.name = facts.name;
  execution.request = facts.request ?? execution.request;
  execution.userOf = facts.userOf ?? execution.userOf;
  execution.payload = facts.payload;
  execution.contexts = facts.contexts ?? execution.contexts;
  execution.continuedTrace = facts.trace?.sentryTrace ?? execution.continuedTrace;
  execution.application = facts.application;
  execution.job = facts.job;
  if (facts.handler) execution.handler = facts.handler;
  isolation.setTransactionName(facts.name);
  if (facts.tags) isolation.setTags(facts.tags);
}

function withTrace<T>({ trace }: ExecutionFacts, run: () => T): T {
  if (!trace?.sentryTrace) return inOwnTrace(run);
  return continueTrace({ sentryTrace: trace.sentryTrace, baggage: trace.baggage }, run);
}

function runTraced<T>(facts: ExecutionFacts, execution: Execution, work: Work<T>): Promise<T> {
  return runInNewSpan('execution-span', spanOptions(facts), async (span) => {
    execution.span = span;
    if (span)
      guarded('execution-span', () => {
        joinTraceOf(span);
      });
    const inside = keepExecution();
    if (!span) return work(inside);
    const endExecution = endOnce(span, execution);
    try {
      const result = await work(inside);
      // The transport subscribes outside of the execution; the work of the Observable belongs inside.
      if (isObservable(result)) return observeEnd(result, endExecution, inside) as T;
      endExecution(false);
      return result;
    } catch (error) {
      endExecution(guarded('execution-span', () => facts.isFailure?.(error)) ?? true);
      throw error;
    }
  });
}

function spanOptions(facts: ExecutionFacts): StartSpanOptions {
  return {
    name: facts.name,
    op: facts.op,
    forceTransaction: !facts.inherits,
    links: facts.links,
    attributes: {
      'sentry.source': 'custom',
      'sentry.origin': `auto.${facts.kind}.nestjs_error_tracker`,
      ...((facts.critical ?? isCriticalHandler(facts.handler)) && CRITICAL_SPAN),
      ...facts.attributes,
      ...facts.tags,
    },
  };
}

/**
 * Returns a function that ends the span and notifies the application, the first time it is called. Nest handles most
 * failures itself, so `execution.failed` counts even if no error is thrown.
 */
function endOnce(span: Span, execution: Execution): (hasFailed: boolean) => void {
  const { ended } = applicationOf(execution);
  const scope = getIsolationScope();
  let hasEnded = false;
  return (hasFailed) => {
    if (hasEnded) return;
    hasEnded = true;
    const message = execution.failed ?? (hasFailed ? INTERNAL_ERROR : undefined);
    guarded('budgets', () => ended?.(execution, scope));
    guarded('queries', () => execution.atEnd?.(execution, scope));
    guarded('execution-span', () => {
      if (!span.isRecording()) return;
      span.setStatus(message ? { code: SPAN_STATUS_ERROR, message } : { code: SPAN_STATUS_OK });
      span.end();
    });
  };
}
