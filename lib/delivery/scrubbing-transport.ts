import type { Scrubber } from '../scrubbing/index.js';
import { countFault } from '../stats/stats.js';
import { startMaintenance } from './maintenance.js';
import { countDropped } from './counts.js';
import type { EnvelopeParts } from './envelope-bytes.js';
import { httpSender, type HttpOptions, type WithoutTracing } from './http-sender.js';
import { Outbox, type OutboxParts } from './outbox.js';
import { sdkSender, type Transport, type TransportFactory, type TransportOptions } from './sdk-sender.js';
import { openSpool } from './spool/open-spool.js';
import type { SpoolLimits } from './spool/spool.js';
import { activeTransport } from './status.js';

export type { TransportFactory } from './sdk-sender.js';

export interface ScrubbingTransportOptions {
  /** Undefined where everything is sent as it is. */
  scrubber?: Scrubber;
  /** Undefined where nothing is written to disk. */
  spool?: SpoolLimits;
  /** A transport of the application's own. */
  transport?: TransportFactory;
  withoutTracing: WithoutTracing;
}

type Envelope = Parameters<Transport['send']>[0];

/** Reports of the SDK about itself: not counted as deliveries. */
const UNCOUNTED = new Set(['client_report']);
/** For a flush without a time of its own. */
const DEFAULT_FLUSH = 15_000;
const DEFAULT_AGE = 3 * 86_400_000;

/**
 * The one way out of the process: scrubs everything and keeps it until Sentry has taken it. What cannot be scrubbed is
 * not sent.
 *
 * A transport is the one place that both major versions of the SDK send everything through: events, transactions,
 * streamed spans, logs, metrics, sessions and client reports.
 */
export function scrubbingTransport({
  scrubber,
  spool: limits,
  transport,
  withoutTracing: quietly,
}: ScrubbingTransportOptions): TransportFactory {
  return (options) => {
    const { recordDroppedEvent } = options;
    const spool = limits && openSpool(limits, options.url);
    const outbox = new Outbox({
      send: transport ? sdkSender(transport, options) : httpSender(options as TransportOptions & HttpOptions, quietly),
      spool,
      maxAge: limits?.maxAge ?? DEFAULT_AGE,
      now: Date.now,
      random: Math.random,
      // Sentry knows more reasons than the SDK gives itself.
      recordDropped: recordDroppedEvent as OutboxParts['recordDropped'],
    });
    startMaintenance(outbox, spool);
    activeTransport.outbox = outbox;
    return {
      send: async (envelope) => {
        const clean = scrubber
          ? scrubbed(envelope, scrubber, recordDroppedEvent)
          : (envelope as unknown as EnvelopeParts);
        return clean ? { statusCode: await outbox.hand(clean, counted(clean)) } : {};
      },
      flush: (timeout) => outbox.flush(timeout ?? DEFAULT_FLUSH),
    };
  };
}

function scrubbed(
  envelope: Envelope,
  scrubber: Scrubber,
  recordDropped: TransportOptions['recordDroppedEvent'],
): EnvelopeParts | undefined {
  const [header, items] = envelope as unknown as EnvelopeParts;
  const kept: EnvelopeParts[1] = [];
  const { faults } = scrubber;
  for (const [itemHeader, payload] of items) {
    const safe = scrubber.item(String(itemHeader.type), payload);
    if (safe === undefined) {
      countDropped('scrubbing_failed');
      recordDropped('internal_sdk_error', 'error');
      continue;
    }
    kept.push([scrubber.header(measured(itemHeader, payload, safe)) as Record<string, unknown>, safe]);
  }
  const clean: EnvelopeParts = [scrubber.header(header) as Record<string, unknown>, kept];
  for (let seen = faults; seen < scrubber.faults; seen++) countFault('scrubbing');
  return kept.length === 0 ? undefined : clean;
}

/** Attachments say how long they are, and are read by that: what was scrubbed has another length. */
function measured(header: Record<string, unknown>, payload: unknown, safe: unknown): Record<string, unknown> {
  if (safe === payload || typeof header.length !== 'number') return header;
  return { ...header, length: Buffer.byteLength(typeof safe === 'string' ? safe : (safe as Uint8Array)) };
}

function counted([, items]: EnvelopeParts): number {
  return items.filter(([{ type }]) => !UNCOUNTED.has(String(type))).length;
}
