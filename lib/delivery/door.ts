import type { NodeOptions } from '@sentry/nestjs';
import type { Scrubber } from '../scrubbing/index.js';
import { countFault } from '../ledger/ledger.js';
import { countDropped, delivery, noteFailure, noteSuccess } from './counts.js';

export type TransportFactory = NonNullable<NodeOptions['transport']>;
type Transport = ReturnType<TransportFactory>;
type Envelope = Parameters<Transport['send']>[0];
type Item = Envelope[1][number];
type Answer = Awaited<ReturnType<Transport['send']>>;

/** Reports of the SDK about itself: not counted as deliveries. */
const UNCOUNTED = new Set(['client_report']);

/**
 * The one way out of the process: wraps a transport so that everything it sends is scrubbed first, and counted.
 * What cannot be scrubbed is not sent.
 *
 * A transport is the one place that both major versions of the SDK send everything through: events, transactions,
 * streamed spans, logs, metrics, sessions and client reports.
 */
export function door(inner: TransportFactory, scrubber: Scrubber | undefined): TransportFactory {
  return (options) => {
    const transport = inner({
      ...options,
      recordDroppedEvent: (reason, category, count) => {
        countDropped(reason, count ?? 1);
        if (reason === 'network_error') noteFailure(reason);
        options.recordDroppedEvent(reason, category, count);
      },
    });
    const send = async (envelope: Envelope): Promise<Answer> => {
      const clean = scrubber ? scrubEnvelope(envelope, scrubber, options.recordDroppedEvent) : envelope;
      if (!clean) return {};
      const items = counted(clean);
      delivery.waiting += items;
      try {
        const answer = await transport.send(clean);
        settle(answer, items);
        return answer;
      } catch (error) {
        noteFailure(reasonOf(error));
        throw error;
      } finally {
        delivery.waiting -= items;
      }
    };
    return { ...transport, send, flush: (timeout) => transport.flush(timeout) };
  };
}

function scrubEnvelope(
  [header, items]: Envelope,
  scrubber: Scrubber,
  recordDropped: (reason: 'internal_sdk_error', category: 'error') => void,
): Envelope | undefined {
  const kept: Item[] = [];
  const faults = scrubber.faults;
  for (const [itemHeader, payload] of items as unknown as [Record<string, unknown>, unknown][]) {
    const safe = scrubber.item(String(itemHeader.type), payload);
    if (safe === undefined) {
      countDropped('scrubbing_failed');
      recordDropped('internal_sdk_error', 'error');
      continue;
    }
    kept.push([scrubber.header(measured(itemHeader, payload, safe)), safe] as unknown as Item);
  }
  const clean = kept.length === 0 ? undefined : [scrubber.header(header), kept];
  for (let seen = faults; seen < scrubber.faults; seen++) countFault('scrubbing');
  return clean as unknown as Envelope | undefined;
}

/** Attachments say how long they are, and are read by that: what was scrubbed has another length. */
function measured(header: Record<string, unknown>, payload: unknown, safe: unknown): Record<string, unknown> {
  if (safe === payload || typeof header.length !== 'number') return header;
  return { ...header, length: Buffer.byteLength(typeof safe === 'string' ? safe : (safe as Uint8Array)) };
}

function counted(envelope: Envelope): number {
  const items = envelope[1] as unknown as [{ type?: unknown }, unknown][];
  return items.filter(([{ type }]) => !UNCOUNTED.has(String(type))).length;
}

/** The SDK's transport answers `{}` where it sent nothing, and has then said why through `recordDroppedEvent`. */
function settle({ statusCode }: Answer, items: number): void {
  if (statusCode === undefined) return;
  if (statusCode >= 200 && statusCode < 300) {
    noteSuccess(items);
    return;
  }
  noteFailure(`http_${statusCode}`);
  if (statusCode !== 413) countDropped(`http_${statusCode}`, items); // the SDK has counted 413 itself, as send_error
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : 'network_error';
}
