import { getDefaultIsolationScope } from './scopes.js';
import { getIsolationScope, type Scope, type Span, type User } from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { processWide } from '../process-state/process-wide.js';
import type { GraphqlOperations } from './graphql-operations.js';
import type { Operation } from './operation.js';

/** The code of the application that handles an execution. */
export interface Handler {
  controller: string;
  method: string;
  /** The class and the function themselves, where decorators have left their options. */
  type?: object;
  callback?: object;
}

/**
 * One request, message, job or tick: what is known of it while it runs. It hangs on the isolation scope that the SDK
 * carries through every asynchronous step, so nothing of it is visible in another execution.
 */
export interface Execution {
  /** The type of Nest's ArgumentsHost: `http`, `rpc`, `ws`, `graphql`; `process` outside of any. */
  kind: string;
  /** Node's request and response, where there are any. */
  incoming?: IncomingMessage;
  outgoing?: ServerResponse;
  /** The request as the application sees it (Express and Fastify differ), once Nest has shown it. */
  request?: unknown;
  requestId?: string;
  /** The application that it belongs to, where that is known without looking at its server. */
  application?: ApplicationContext;
  /** Name of the transaction, where it is known from the start. */
  name?: string;
  /** What came with a message or an event. */
  payload?: unknown;
  handler?: Handler;
  /** Where the transport keeps its user, when that is not `request.user`. */
  userOf?: () => unknown;
  /** Whether it lasts as long as the reader of its events likes. */
  isEventStream?: boolean;
  /** Whether it has failed, though its transport was answered: the span says so. */
  failed?: boolean;
  /** The span of the whole execution. */
  span?: Span;
  /** When it began, on the clock of `performance`. */
  readonly startedAt: number;
  /** The slowest of its operations, where it has budgets and is not traced. */
  steps?: TimedStep[];
  /** Whether the application has said who the user is. */
  userWasSet: boolean;
  /** Failures that were reported, with the id of their event. Objects by identity, everything else by value. */
  readonly reported: { objects: WeakMap<object, string>; values: Map<unknown, string> };
  /** Operations that were unfinished when an error was thrown, outermost first. */
  readonly chains: { objects: WeakMap<object, Operation[]>; values: Map<unknown, Operation[]> };
}

const executions = processWide('executions', () => new WeakMap<object, Execution>());

/** The execution that the running code belongs to. */
export function currentExecution(): Execution {
  return executionOf(getIsolationScope());
}

export function executionOf(scope: Scope): Execution {
  let execution = executions.get(scope);
  if (!execution) {
    execution = newExecution();
    executions.set(scope, execution);
  }
  return execution;
}

/** Whether the running code belongs to a request, message or job, rather than to the process as a whole. */
export function insideExecution(): boolean {
  return getIsolationScope() !== getDefaultIsolationScope();
}

function newExecution(): Execution {
  return {
    kind: 'process',
    startedAt: performance.now(),
    userWasSet: false,
    reported: { objects: new WeakMap(), values: new Map() },
    chains: { objects: new WeakMap(), values: new Map() },
  };
}

/** One finished step of an execution. */
export interface TimedStep {
  op?: string;
  description: string;
  /** Milliseconds. */
  duration: number;
}

/** What one application has told about its requests. There may be several applications in a process. */
export interface ApplicationContext {
  readonly requestIdHeader: string;
  user(execution: Execution): User | undefined;
  tags(execution: Execution): Record<string, string>;
  /** Milliseconds that a tracked operation may take. */
  readonly slowerThan?: number;
  /** Told of each execution that ends, where the application has budgets. */
  ended?: (execution: Execution, scope: Scope) => void;
  /** The pattern of the route that a request would have come to, where its platform can tell. */
  route?: (method: string, path: string) => string | undefined;
  /** Whether a request would come to a handler that is marked as critical; undefined where there is none. */
  critical?: (method: string, path: string) => boolean;
  /** Where it has any. */
  graphql?: GraphqlOperations;
}
