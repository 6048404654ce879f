import {
  continueTrace,
  getClient,
  getIsolationScope,
  Scope,
  startInactiveSpan,
  startNewTrace,
  withActiveSpan,
  withIsolationScope,
  withScope,
  type Span,
} from '@sentry/nestjs';
import { AsyncResource } from 'node:async_hooks';
import { isObservable, Observable } from 'rxjs';
import { guarded } from '../stats/stats.js';
import { CRITICAL_SPAN } from '../client/critical-span.js';
import { applicationOf } from './application.js';
import { type ApplicationContext, executionOf, type Execution, type Handler } from './execution.js';
import { isCriticalHandler } from './critical.js';
import { withinOperation } from './operation.js';
import { getDefaultIsolationScope } from './scopes.js';

const SPAN_OK = 1;
const SPAN_ERROR = 2;

/** What a message, a socket event or any other unit of work is seen as. */
export interface ExecutionFacts {
  /** The type of Nest's ArgumentsHost: `rpc`, `ws`, … */
  kind: string;
  /** Name of the transaction and of error events: `rpc orders.create`. */
  name: string;
  /** Operation of the transaction's span, in Sentry's terms: `rpc.server`, `websocket.server`. */
  op: string;
  handler?: Handler;
  /** Whether it is always traced; default: whether its handler is marked so. */
  critical?: boolean;
  /** The application whose options hold; default: the only one there is. */
  application?: ApplicationContext;
  /** What a user resolver and `context.tags` get. */
  request?: unknown;
  /** Where the transport keeps its user, when that is not `request.user`. */
  userOf?: () => unknown;
  tags?: Record<string, string>;
  /** What came with the message; shown as the context `payload`, scrubbed like everything. */
  payload?: unknown;
  /** Headers that a trace goes on from. */
  trace?: { sentryTrace?: string; baggage?: string };
}

/** Runs something inside an execution that was opened earlier, from wherever it is called. */
export type BoundRunner = <R>(run: () => R) => R;

/**
 * Runs one message, event or job as an execution of its own: its own scope, a transaction that lasts until the result
 * (a Promise, and an Observable that comes of it) has ended.
 */
export function runExecution<T>(facts: ExecutionFacts, work: (inside: BoundRunner) => Promise<T>): Promise<T> {
  const client = getClient();
  if (!client) return work((run) => run());
  const isolation = (getDefaultIsolationScope() ?? getIsolationScope()).clone();
  isolation.setClient(client);
  isolation.clearBreadcrumbs();
  const execution = executionOf(isolation);
  describe(execution, isolation, facts);
  const fresh = new Scope();
  fresh.setClient(client);
  return withIsolationScope(isolation, () =>
    withScope(fresh, () => withinOperation(undefined, () => onTrace(facts, () => traced(facts, execution, work)))),
  );
}

function describe(execution: Execution, isolation: Scope, facts: ExecutionFacts): void {
  execution.kind = facts.kind;
  execution.name = facts.name;
  execution.request = facts.request;
  execution.userOf = facts.userOf;
  execution.payload = facts.payload;
  execution.application = facts.application;
  if (facts.handler) execution.handler = facts.handler;
  isolation.setTransactionName(facts.name);
  if (facts.tags) isolation.setTags(facts.tags);
}

function onTrace<T>({ trace }: ExecutionFacts, run: () => T): T {
  if (!trace?.sentryTrace) return startNewTrace(run);
  return continueTrace({ sentryTrace: trace.sentryTrace, baggage: trace.baggage }, run);
}

async function traced<T>(
  facts: ExecutionFacts,
  execution: Execution,
  work: (inside: BoundRunner) => Promise<T>,
): Promise<T> {
  const span = guarded('execution-span', () =>
    startInactiveSpan({
      name: facts.name,
      op: facts.op,
      forceTransaction: true,
      attributes: {
        'sentry.source': 'custom',
        'sentry.origin': `auto.${facts.kind}.nestjs_error_tracker`,
        ...((facts.critical ?? isCriticalHandler(facts.handler)) && CRITICAL_SPAN),
        ...facts.tags,
      },
    }),
  );
  execution.span = span;
  if (!span) return work(boundRunner());
  const end = ending(span, execution);
  return withActiveSpan(span, async () => {
    try {
      const result = await work(boundRunner());
      if (isObservable(result)) return endWith(end, execution, result) as T;
      end(codeOf(execution));
      return result;
    } catch (error) {
      end(SPAN_ERROR);
      throw error;
    }
  });
}

function boundRunner(): BoundRunner {
  return AsyncResource.bind((run: () => unknown) => run()) as BoundRunner;
}

/** The transport subscribes outside of the execution; its work belongs inside. */
function endWith(end: End, execution: Execution, source: Observable<unknown>): Observable<unknown> {
  const inside = boundRunner();
  return new Observable((subscriber) => {
    const subscription = inside(() =>
      source.subscribe({
        next: (value) => {
          subscriber.next(value);
        },
        error: (error: unknown) => {
          end(SPAN_ERROR);
          subscriber.error(error);
        },
        complete: () => {
          end(codeOf(execution));
          subscriber.complete();
        },
      }),
    );
    return () => {
      end(codeOf(execution));
      subscription.unsubscribe();
    };
  });
}

/** Nest answers most failures itself; what it hands on then tells of none. */
function codeOf({ failed }: Execution): typeof SPAN_OK | typeof SPAN_ERROR {
  return failed ? SPAN_ERROR : SPAN_OK;
}

type End = (code: typeof SPAN_OK | typeof SPAN_ERROR) => void;

/** Ends the span and tells the application of it; what comes after the first end is none. */
function ending(span: Span, execution: Execution): End {
  const { ended } = applicationOf(execution);
  const scope = getIsolationScope();
  let hasEnded = false;
  return (code) => {
    if (hasEnded) return;
    hasEnded = true;
    guarded('budgets', () => ended?.(execution, scope));
    guarded('execution-span', () => {
      if (!span.isRecording()) return;
      span.setStatus({ code, message: code === SPAN_ERROR ? 'internal_error' : undefined });
      span.end();
    });
  };
}
