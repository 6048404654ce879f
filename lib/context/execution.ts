import { getDefaultIsolationScope } from './scopes.js';
import { getIsolationScope, type Scope, type Span, type User } from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { processWide } from '../process-state/process-wide.js';
import type { GraphqlOperations } from './graphql-operations.js';
import type { LogSettings } from './log-settings.js';
import type { Operation } from './operation.js';
import type { Unfinished } from './unfinished.js';

/** The code of the application that handles an execution. */
export interface Handler {
  controller: string;
  method: string;
  /** The class and the function themselves, which carry the metadata of decorators. */
  type?: object;
  callback?: object;
}

/** A job, by the names that its library knows. */
export interface JobFacts {
  /** Undefined if it is scheduled. */
  readonly queue?: string;
  readonly name: string;
}

/**
 * The state of one request, message, job or scheduled run. It is bound to the isolation scope that the SDK propagates
 * through every asynchronous step, so no other execution can see it.
 */
export interface Execution {
  /** The type of Nest's ArgumentsHost: `http`, `rpc`, `ws`, `graphql`; `process` outside of an execution. */
  kind: string;
  /** Node's request and response, if any. */
  incoming?: IncomingMessage;
  outgoing?: ServerResponse;
  /** Of a command or a query: the execution that waits for it, and responds to its failure. */
  caller?: Execution;
  /** The request as the application sees it (Express and Fastify differ), once Nest has exposed it. */
  request?: unknown;
  requestId?: string;
  /** Whether the request brought its id along; otherwise it is the id of its trace. */
  hasIncomingId?: boolean;
  /** The application that it belongs to, if known without a lookup by server. */
  application?: ApplicationContext;
  /** Name of the transaction, if it is known from the start. */
  name?: string;
  /** The name that the SDK gave the scope of a request before its route was known: `GET /orders/42`. */
  provisionalName?: string;
  /** Of a job of a queue or of a schedule. */
  job?: JobFacts;
  /** The payload of a message or an event. */
  payload?: unknown;
  /** Returns further contexts; called when an event is built. */
  contexts?: () => Record<string, Record<string, unknown>>;
  handler?: Handler;
  /** Reads the user from the transport, if that is not `request.user`. */
  userOf?: () => unknown;
  /** Whether it is a stream of events, which lasts until the client closes it. */
  isEventStream?: boolean;
  /** The header of the trace that it continues. */
  continuedTrace?: string;
  /** The status of its span if it has failed although its transport received a response: `internal_error`, … */
  failed?: string;
  /** The span of the whole execution. */
  span?: Span;
  /** When it started, in milliseconds of `performance.now()`. */
  readonly startedAt: number;
  /** Called once it has ended, with its isolation scope. */
  atEnd?: (execution: Execution, scope: Scope) => void;
  /** The slowest of its operations, if its application has budgets and it is not traced. */
  spanTimings?: SpanTiming[];
  /** Whether the application has set the user. */
  userWasSet: boolean;
  /** Failures that were reported, with their event ids: objects by identity, other values by value. */
  reported: { objects: WeakMap<object, string>; values: Map<unknown, string> };
  /** What it has started and waits for, or has left behind. */
  unfinished?: Set<Unfinished>;
  /** Operations that were unfinished when an error was thrown, outermost first. */
  readonly chains: { objects: WeakMap<object, Operation[]>; values: Map<unknown, Operation[]> };
}

const CARRIED = 'nestjs-error-tracker.execution';
const executions = processWide('executions', () => new WeakMap<object, Execution>());

/** The execution that the running code belongs to. */
export function currentExecution(): Execution {
  return executionOf(getIsolationScope());
}

export function executionOf(scope: Scope): Execution {
  const known = executions.get(scope);
  if (known) return known;
  const carried = scope.getScopeData().sdkProcessingMetadata[CARRIED] as (() => Execution) | undefined;
  const execution = carried?.() ?? newExecution();
  executions.set(scope, execution);
  return execution;
}

/**
 * The execution that the running code may write to: never the execution of the process. Outside of an execution,
 * returns a new one that nothing else uses.
 */
export function ownExecution(): Execution {
  return insideExecution() ? currentExecution() : newExecution();
}

/** Begins an execution in a scope. Copies of the scope belong to the same execution. */
export function startExecution(scope: Scope, execution: Execution = newExecution()): Execution {
  executions.set(scope, execution);
  // The SDK copies this data with the scope and never sends it. A function, because the SDK would merge objects.
  scope.setSDKProcessingMetadata({ [CARRIED]: () => execution });
  return execution;
}

/**
 * An execution that was started by another one, such as the execution of an event handler by the emitter. It shares the
 * request, the user, the contexts and the reported failures; nothing that it sets is visible in the other execution.
 */
export function deriveExecution(parent: Execution): Execution {
  const { requestId, hasIncomingId, contexts, userOf, userWasSet, continuedTrace, reported, chains } = parent;
  return {
    ...newExecution(),
    requestId,
    hasIncomingId,
    contexts,
    userOf,
    userWasSet,
    continuedTrace,
    reported: { objects: reported.objects, values: new Map() },
    chains: { objects: chains.objects, values: new Map() },
  };
}

/** Whether one of two executions was started by the other, or both by a third one. */
export function areRelated(one: Execution, other: Execution): boolean {
  return one.reported.objects === other.reported.objects;
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

/** A finished span, or a finished operation that has no span. */
export interface SpanTiming {
  op?: string;
  description: string;
  /** Milliseconds. */
  duration: number;
}

/** The compiled options of one application. A process may run several applications. */
export interface ApplicationContext {
  readonly requestIdHeader: string;
  user(execution: Execution): User | undefined;
  tags(execution: Execution): Record<string, string>;
  /** Milliseconds after which a tracked operation counts as slow. */
  readonly slowerThan?: number;
  /** Values of nestjs-cls as tags, if the application names any. */
  cls?: (execution: Execution) => Record<string, string>;
  /** What becomes of the lines of Nest's logger; undefined if it is left alone. */
  readonly logger?: LogSettings;
  /** Called for each execution that ends, if the application has budgets. */
  ended?: (execution: Execution, scope: Scope) => void;
  /** The pattern of the route that would match a request, if the platform can tell. */
  route?: (method: string, path: string) => string | undefined;
  /** Whether a request would reach a handler that is marked critical; undefined if the application has none. */
  critical?: (method: string, path: string) => boolean;
  /** Its GraphQL operations, if it serves any. */
  graphql?: GraphqlOperations;
}
