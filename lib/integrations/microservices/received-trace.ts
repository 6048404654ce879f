import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../../process-state/process-wide.js';

/** A trace as it is sent to another service. */
export interface TraceHeaders {
  sentryTrace?: string;
  baggage?: string;
}
export interface ReceivedTrace extends TraceHeaders {
  /** The id of the message, unless it is an event. */
  packetId?: string;
  /** The trace of its headers, until its packet is read: the packet does not say what its headers are. */
  inHeaders?: TraceHeaders;
}

const received = processWide('rpc-trace', () => new AsyncLocalStorage<ReceivedTrace | undefined>());

/** The trace of the message that is being handled. */
export function receivedTrace(): ReceivedTrace | undefined {
  return received.getStore();
}

export function withReceivedTrace<T>(trace: ReceivedTrace | undefined, handle: () => T): T {
  return received.run(trace, handle);
}

/**
 * Nest deserializes a packet and calls its handler within one asynchronous step, so the trace noted last belongs to the
 * handler that is called next.
 */
export function noteReceivedTrace(trace: ReceivedTrace): void {
  received.enterWith(trace);
}

/** @param property - `sentry-trace` or `baggage` as read from headers or a packet, which anybody may have sent */
export function textOf(property: unknown): string | undefined {
  return typeof property === 'string' ? property : undefined;
}
