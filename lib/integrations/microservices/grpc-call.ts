import { errorMonitor, type EventEmitter } from 'node:events';
import { isObservable } from 'rxjs';
import { isReference } from '../../context/operation-chain.js';
import { observeEnd } from '../../context/observe-end.js';
import { runExecution, type ExecutionFacts } from '../../context/run-execution.js';
import { currentExecution } from '../../context/execution.js';
import { INTERNAL_ERROR } from '../../client/span-status.js';
import { setSdkMark } from '../../capture/sdk-mark.js';
import { noteThrown } from '../../capture/thrown-inside.js';
import { emitInside, type ContextRunner } from '../../process-state/context-runner.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded } from '../../stats/stats.js';
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
  remove(key: string): void;
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

/**
 * The metadata key by which a handler finds its caller, if both run in this process. The trace cannot identify a call: an
 * execution sends the same one with each.
 */
export const CALL_ID = 'nestjs-error-tracker-call';

/** Whether this process has handlers of calls, so that it may receive its own. */
export const grpcHandlers = processWide('grpc-handlers', () => ({ areServed: false }));

export function isGrpcPattern(pattern: unknown): pattern is GrpcPattern {
  return isReference(pattern) && 'service' in pattern && 'rpc' in pattern && 'streaming' in pattern;
}

/** Nest passes the call as the third argument, and as the first one to the handler of a `@GrpcStreamCall`. */
export function grpcCallOf({ streaming }: GrpcPattern, args: readonly unknown[]): GrpcCall | undefined {
  const call = streaming === 'pt_stream' ? args[0] : args[2];
  return isReference(call) && 'metadata' in call && 'emit' in call ? (call as GrpcCall) : undefined;
}

/** The trace in the metadata of a call, and its id, which is removed: the handler may pass its metadata on. */
export function traceOfCall({ metadata }: GrpcCall): ReceivedTrace {
  const [sentryTrace, baggage, packetId] = ['sentry-trace', 'baggage', CALL_ID].map((key) =>
    textOf(metadata.get(key)[0]),
  );
  metadata.remove(CALL_ID);
  return { sentryTrace, baggage, packetId };
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
    listenInside(call, inside);
    return handle(args, inside);
  });
}

/** The handler of a `@GrpcStreamCall` returns at once; its execution lasts as long as the call. */
function runStreamCall(call: GrpcCall, args: unknown[], facts: ExecutionFacts, handle: Handle): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const execution = runExecution(facts, async (inside) => {
      listenInside(call, inside);
      const { ended, end, answered } = untilAnswered(call, args);
      const handled = handle(answered, inside);
      handled.then((value) => {
        if (!isObservable(value)) {
          resolve(value);
          return;
        }
        const onEnd = (hasFailed: boolean, error: unknown) => {
          if (!hasFailed) return;
          guarded('rpc-hooks', () => {
            inside(() => {
              noteUnhandled(error, inside);
            });
          });
          end();
        };
        // Nest subscribes to it outside of the execution.
        resolve(observeEnd(value, onEnd, inside));
      }, reject);
      await handled;
      await ended;
    });
    execution.catch(() => undefined); // rejected above
  });
}

/**
 * Nest sends nobody the failure of such a handler: it is an unhandled rejection, which the SDK reports unless it has
 * been reported already.
 */
function noteUnhandled(error: unknown, inside: ContextRunner): void {
  const execution = currentExecution();
  if (execution.failed) setSdkMark(error);
  else noteThrown(error, inside);
  execution.failed ??= INTERNAL_ERROR;
}

/** Messages of a client arrive in the context of its connection; what their listeners throw reaches the process. */
function listenInside(call: GrpcCall, inside: ContextRunner): void {
  emitInside(call, (run) => {
    try {
      return inside(run);
    } catch (error) {
      noteThrown(error, inside);
      throw error;
    }
  });
}

interface Answered {
  /** Resolves when the call is answered: by the callback if it has one, otherwise at the end of its stream. */
  ended: Promise<void>;
  end: () => void;
  /** The arguments of the handler. */
  answered: unknown[];
}

function untilAnswered(call: GrpcCall, args: unknown[]): Answered {
  const [, callback, ...rest] = args;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  if (call.cancelled) end();
  call.prependOnceListener('cancelled', end);
  if (typeof callback === 'function') {
    const answer: Callback = (...result) => {
      end();
      return (callback as Callback)(...result);
    };
    return { ended, end, answered: [call, answer, ...rest] };
  }
  for (const event of ['finish', 'close', errorMonitor]) call.prependOnceListener(event, end);
  return { ended, end, answered: args };
}
