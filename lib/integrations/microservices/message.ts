import 'reflect-metadata';
import type { Handler } from '../../context/execution.js';
import type { ExecutionFacts } from '../../context/run-execution.js';

const PATTERN = 'microservices:pattern';
const HANDLER_TYPE = 'microservices:handler_type';
const EVENT = 2;

/** The name of a pattern: a text as it is, an object as Nest writes it. */
export function patternName(pattern: unknown): string {
  if (typeof pattern === 'string') return pattern;
  if (typeof pattern === 'number' || typeof pattern === 'symbol') return String(pattern);
  return typeof pattern === 'object' && pattern !== null ? JSON.stringify(pattern) : 'unknown';
}

/** What an execution is told about a message, from its handler and from the arguments that Nest calls it with. */
export function describeMessage(
  handler: Handler,
  [data, context]: unknown[],
  trace: ExecutionFacts['trace'],
): ExecutionFacts {
  const { callback } = handler;
  const declared: unknown = callback && Reflect.getMetadata(PATTERN, callback);
  const pattern = patternName(Array.isArray(declared) ? (declared as unknown[])[0] : declared);
  const isEvent = callback !== undefined && Reflect.getMetadata(HANDLER_TYPE, callback) === EVENT;
  return {
    kind: 'rpc',
    name: `rpc ${pattern}`,
    op: isEvent ? 'rpc.event' : 'rpc.server',
    handler,
    request: requestOf(data, context),
    tags: { pattern, kind: isEvent ? 'rpc event' : 'rpc' },
    payload: data,
    trace,
  };
}

/**
 * What a user resolver gets. A resolver that was written for HTTP finds no header here rather than no headers; `user`
 * is what a guard has put on the context or on the data, read when it is asked for.
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
