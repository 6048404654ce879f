import 'reflect-metadata';
import type { Handler } from '../../context/execution.js';
import type { ExecutionFacts } from '../../context/run-execution.js';
import { isGrpcPattern } from './grpc-call.js';

const PATTERN = 'microservices:pattern';
const HANDLER_TYPE = 'microservices:handler_type';
const EVENT = 2;

/** The pattern that a handler is declared with; the first one of several. */
export function patternOf({ callback }: Handler): unknown {
  const declared: unknown = callback && Reflect.getMetadata(PATTERN, callback);
  return Array.isArray(declared) ? (declared as unknown[])[0] : declared;
}

/**
 * The name of a pattern: a string as it is, an object as JSON, like in Nest. A gRPC method is named `Service/Method`,
 * after the OpenTelemetry semantic conventions for RPC.
 */
function patternName(pattern: unknown): string {
  if (typeof pattern === 'string') return pattern;
  if (isGrpcPattern(pattern)) return `${pattern.service}/${pattern.rpc}`;
  if (typeof pattern === 'number' || typeof pattern === 'symbol') return String(pattern);
  return typeof pattern === 'object' && pattern !== null ? JSON.stringify(pattern) : 'unknown';
}

/** Describes a message for its execution, from its handler and the arguments that Nest passes to it. */
export function describeMessage(
  handler: Handler,
  [data, context]: unknown[],
  trace: ExecutionFacts['trace'],
): ExecutionFacts {
  const { callback } = handler;
  const declared = patternOf(handler);
  const pattern = patternName(declared);
  const isStream = isGrpcPattern(declared) && declared.streaming !== 'no_stream';
  const isEvent = callback !== undefined && Reflect.getMetadata(HANDLER_TYPE, callback) === EVENT;
  return {
    kind: 'rpc',
    name: `rpc ${pattern}`,
    op: isEvent ? 'rpc.event' : 'rpc.server',
    handler,
    request: requestOf(data, context),
    tags: { pattern, kind: isEvent ? 'rpc event' : 'rpc' },
    payload: isStream ? undefined : data,
    trace,
  };
}

/**
 * The request for a user resolver. `headers` is empty, not undefined, for resolvers written for HTTP. `user` is read
 * lazily from the context or the data, where a guard may have set it.
 */
function requestOf(data: unknown, context: unknown): object {
  const userOf = (holder: unknown) => (holder as { user?: unknown } | null | undefined)?.user;
  return {
    data,
    context,
    headers: {},
    get user() {
      return userOf(context) ?? userOf(data);
    },
  };
}
