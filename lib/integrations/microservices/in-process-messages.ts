import { getTraceData } from '@sentry/nestjs';
import { isActive } from '../../client/state.js';
import { markReported } from '../../capture/dedupe.js';
import { currentExecution, insideExecution, type Execution } from '../../context/execution.js';
import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import type { TraceHeaders } from './received-trace.js';

export type Callback = (answer: { err?: unknown }) => unknown;
export interface LocalCall {
  readonly caller: Execution;
  readonly trace?: TraceHeaders;
  /** The event id of its failure, if its handler runs in this process. */
  eventId?: string;
}

/** Messages sent from executions of this process that have no response yet, by packet id. */
const calls = processWide('rpc-local-calls', () => new Map<string, LocalCall>());
/** Bounds the map, because a response may never arrive. */
const MOST_CALLS = 10_000;

/** Notes that the failure of a handler was reported: for a caller in the same process, it is the same failure. */
export function noteReported(packetId: string | undefined, eventId: string): void {
  const call = packetId === undefined ? undefined : calls.get(packetId);
  if (call) call.eventId = eventId;
}

/** Registers a call that the running execution sends now; none if nobody can be told of its failure. */
export function beginCall(id: string): LocalCall | undefined {
  if (!insideExecution() || calls.size >= MOST_CALLS) return undefined;
  const call: LocalCall = { caller: currentExecution() };
  calls.set(id, call);
  return call;
}

export function endCall(id: string): void {
  calls.delete(id);
}

/** If the handler of a call has reported its failure, the caller's execution marks the error as reported. */
export function noteFailure({ caller, eventId }: LocalCall, error: unknown): void {
  if (eventId) markReported(caller, error, eventId);
}

/** The trace of a message from this process: it needs no carrier. */
export function traceOfLocalCall(packetId: string | undefined): TraceHeaders | undefined {
  return packetId === undefined ? undefined : calls.get(packetId)?.trace;
}

function currentTrace(): TraceHeaders | undefined {
  return guarded('rpc-trace', () => {
    if (!isActive()) return undefined;
    const { 'sentry-trace': sentryTrace, baggage } = getTraceData();
    return { sentryTrace, baggage };
  });
}

/**
 * Sends a message. If its handler in this process has reported the failure, the caller's execution marks it as
 * reported.
 *
 * @param packet - receives its id when it is sent
 * @param publish - sends it; returns a function that stops listening
 */
export function followCall(
  packet: { id?: unknown },
  callback: Callback,
  publish: (callback: Callback) => unknown,
): unknown {
  if (!insideExecution()) return publish(callback);
  const call: LocalCall = { caller: currentExecution(), trace: currentTrace() };
  let hasEnded = false as boolean;
  const forget = () => {
    hasEnded = true;
    if (typeof packet.id === 'string') calls.delete(packet.id);
  };
  const stop = publish((answer) => {
    guarded('rpc-hooks', () => {
      const { err } = answer;
      if (err === undefined || err === null) return;
      forget();
      noteFailure(call, err);
    });
    return callback(answer);
  });
  if (!hasEnded && typeof packet.id === 'string' && calls.size < MOST_CALLS) calls.set(packet.id, call);
  if (typeof stop !== 'function') return stop;
  return (...args: unknown[]): unknown => {
    forget();
    return (stop as (...args: unknown[]) => unknown)(...args);
  };
}
