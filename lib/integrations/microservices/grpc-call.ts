import { errorMonitor, type EventEmitter } from 'node:events';
import { isObservable } from 'rxjs';
import { isReference } from '../../context/operation-chain.js';
import { observeEnd } from '../../context/observe-end.js';
import { runExecution, type ExecutionFacts } from '../../context/run-execution.js';
import { emitInside, type ContextRunner } from '../../process-state/context-runner.js';
import { textOf, type ReceivedTrace } from './received-trace.js';

/** The pattern of `@GrpcMethod`, `@GrpcStreamMethod` and `@GrpcStreamCall`. */
export interface GrpcPattern {
  service: string;
  rpc: string;
  /** `no_stream`; `rx_stream`: the handler receives an Observable; `pt_stream`: it receives the call itself. */
  streaming: string;
}
/** Metadata of `@grpc/grpc-js`; values are Buffers for keys that end in `-bin`. */
export interface GrpcMetadata {
  get(key: string): unknown[];
  set(key: string, value: string): void;
  clone(): GrpcMetadata;
}
export interface GrpcCall extends EventEmitter {
  readonly metadata: GrpcMetadata;
  readonly cancelled?: boolean;
}
/** Answers a call whose requests are a stream. */
type Callback = (...answer: unknown[]) => unknown;
/** Calls the handler; runs inside of its execution. */
type Handle = (args: unknown[], inside: ContextRunner) => Promise<unknown>;

export function isGrpcPattern(pattern: unknown): pattern is GrpcPattern {
  return isReference(pattern) && 'service' in pattern && 'rpc' in pattern && 'streaming' in pattern;
}

/** Nest passes the call as the third argument, and as the first one to the handler of a `@GrpcStreamCall`. */
export function grpcCallOf({ streaming }: GrpcPattern, args: readonly unknown[]): GrpcCall | undefined {
  const call = streaming === 'pt_stream' ? args[0] : args[2];
  return isReference(call) && 'metadata' in call && 'emit' in call ? (call as GrpcCall) : undefined;
}

/** The trace in the metadata of a call, whose failure its caller in the same process finds by the same header. */
export function traceOfCall({ metadata }: GrpcCall): ReceivedTrace | undefined {
  const [sentryTrace, baggage] = ['sentry-trace', 'baggage'].map((key) => textOf(metadata.get(key)[0]));
  return sentryTrace ? { sentryTrace, baggage, packetId: sentryTrace } : undefined;
}

/**
 * Runs the handler of a call as an execution, which contains what listens to the messages of the client: they arrive in
 * the context of its connection.
 */
export function runCall(
  { streaming }: GrpcPattern,
  call: GrpcCall,
  args: unknown[],
  facts: ExecutionFacts,
  handle: Handle,
): Promise<unknown> {
  if (streaming === 'pt_stream') return runStreamCall(call, args, facts, handle);
  return runExecution(facts, (inside) => {
    emitInside(call, inside);
    return handle(args, inside);
  });
}

/** The handler of a `@GrpcStreamCall` returns at once; its execution lasts as long as the call. */
function runStreamCall(
  call: GrpcCall,
  [, callback, ...rest]: unknown[],
  facts: ExecutionFacts,
  handle: Handle,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const execution = runExecution(facts, async (inside) => {
      emitInside(call, inside);
      const { ended, answer } = untilAnswered(call, callback);
      const handled = handle([call, answer, ...rest], inside);
      handled.then((value) => {
        // Nest subscribes to it outside of the execution.
        resolve(isObservable(value) ? observeEnd(value, () => undefined, inside) : value);
      }, reject);
      await handled;
      await ended;
    });
    execution.catch(() => undefined); // rejected above
  });
}

/** Resolves `ended` when the call is answered: by the callback if it has one, otherwise at the end of its stream. */
function untilAnswered(call: GrpcCall, callback: unknown): { ended: Promise<void>; answer: unknown } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  if (call.cancelled) end();
  call.prependOnceListener('cancelled', end);
  if (typeof callback === 'function') {
    const answer: Callback = (...result) => {
      end();
      return (callback as Callback)(...result);
    };
    return { ended, answer };
  }
  for (const event of ['finish', 'close', errorMonitor]) call.prependOnceListener(event, end);
  return { ended, answer: callback };
}
