import { clearTimeout, setTimeout } from 'node:timers';
import { dryRun } from '../process-state/dry-run.js';
import { testKit } from '../process-state/test-kit.js';
import type { Scrubber } from '../scrubbing/index.js';
import { countFault } from '../stats/stats.js';
import { categoryOf } from './categories.js';
import { startMaintenance } from './maintenance.js';
import { countDropped } from './counts.js';
import { sdkReason, type DropReason } from './drop-reason.js';
import type { EnvelopeParts } from './envelope-bytes.js';
import { httpSender, type HttpOptions, type WithoutTracing } from './http-sender.js';
import { Outbox, type OutboxOptions } from './outbox.js';
import type { Sender } from './response-outcome.js';
import { sdkSender, type TransportFactory, type TransportOptions } from './sdk-sender.js';
import { ScrubbingTurns } from './scrubbing-turns.js';
import { openSpool } from './spool/open-spool.js';
import type { SpoolLimits } from './spool/spool.js';
import { activeTransport, type Delivery } from './status.js';
import { wholeMembers } from './whole-members.js';

export type { TransportFactory } from './sdk-sender.js';

export interface ScrubbingTransportOptions {
  /** Undefined to send everything unchanged. */
  scrubber?: Scrubber;
  /** Undefined to write nothing to disk. */
  spool?: SpoolLimits;
  /** The application's own transport. */
  transport?: TransportFactory;
  withoutTracing: WithoutTracing;
  /** How long a process whose work is done waits for pending requests, in milliseconds. */
  shutdownTimeout: number;
}

/** Not even the folder of the spool is opened: another process would send what waits there. */
const NOWHERE: ReturnType<TransportFactory> = {
  send: () => Promise.resolve({}),
  flush: () => Promise.resolve(true),
};

/** Accepts everything in place of Sentry. */
const toTest: Sender = (envelope) => {
  testKit.receive?.(envelope);
  return Promise.resolve({ status: 200, headers: {} });
};

/** Item types that do not count as deliveries. */
const UNCOUNTED = new Set(['client_report']);
/** Milliseconds. */
const DEFAULT_FLUSH_TIMEOUT = 15_000;
const DEFAULT_MAX_AGE = 3 * 86_400_000;

/**
 * The transport of the SDK: scrubs everything and keeps it until Sentry has accepted it. Whatever cannot be scrubbed is
 * not sent.
 *
 * Both major versions of the SDK send everything through the transport: events, transactions, streamed spans, logs,
 * metrics, sessions and client reports.
 */
export function scrubbingTransport({
  scrubber,
  spool: limits,
  transport,
  withoutTracing,
  shutdownTimeout,
}: ScrubbingTransportOptions): TransportFactory {
  return (options) => {
    if (dryRun.isOn) return NOWHERE;
    // Sentry defines more reasons than the SDK uses.
    const recordDropped = options.recordDroppedEvent as OutboxOptions['recordDropped'];
    const isTest = testKit.receive !== undefined;
    const scrubbed = scrubber && scrubInTurns(scrubber);

    const deliverTo = (url: string, recordDropped: OutboxOptions['recordDropped']): Delivery & { outbox: Outbox } => {
      const spool = limits && !isTest ? openSpool(limits, url) : undefined;
      const target = { ...options, url };
      const outbox = new Outbox({
        send: isTest
          ? toTest
          : transport
            ? sdkSender(transport, target)
            : httpSender(target as TransportOptions & HttpOptions, withoutTracing),
        host: new URL(url).host,
        spool,
        maxAge: limits?.maxAge ?? DEFAULT_MAX_AGE,
        now: Date.now,
        random: Math.random,
        recordDropped,
      });
      if (scrubbed) {
        outbox.onClosing = () => {
          scrubbed.turns.finish();
        };
      }
      if (!isTest) startMaintenance(outbox, spool, shutdownTimeout);
      const drop: Drop = (reason, type, count) => {
        countDropped(reason, count);
        recordDropped(sdkReason(reason), categoryOf(type), count);
        outbox.lose();
      };
      const queue = async (parts: EnvelopeParts, onAccepted?: () => void) => ({
        statusCode: await outbox.send(parts, itemCount(parts), onAccepted),
      });
      return {
        outbox,
        send: (parts, onAccepted) =>
          scrubbed
            ? new Promise((resolve) => {
                scrubbed.add(parts, drop, (clean) => {
                  resolve(clean ? queue(clean, onAccepted) : {});
                });
              })
            : queue(parts, onAccepted),
      };
    };

    const own = deliverTo(options.url, recordDropped);
    const others = new Map<string, Delivery>();
    own.outbox.onRest.push(() => {
      for (const { outbox } of others.values()) outbox.rest();
    });
    own.outbox.onShut.push(() => {
      for (const { outbox } of others.values()) outbox.shut();
    });
    activeTransport.outbox?.retire();
    activeTransport.outbox = own.outbox;
    activeTransport.deliveryTo = (url) => {
      if (url === undefined) return own;
      let other = others.get(url);
      if (!other) others.set(url, (other = deliverTo(url, () => undefined)));
      return other;
    };
    const flush = async (timeout: number) => {
      const flushed = [own, ...others.values()].map(({ outbox }) => outbox.flush(timeout));
      return (await Promise.all(flushed)).every(Boolean);
    };
    return {
      send: (envelope) => own.send(envelope),
      flush: (timeout = DEFAULT_FLUSH_TIMEOUT) =>
        !scrubbed || scrubbed.turns.isIdle ? flush(timeout) : flushAfter(scrubbed.turns, timeout, flush),
    };
  };
}

type Drop = (reason: DropReason, type: unknown, count: number) => void;

interface ScrubbedInTurns {
  readonly turns: ScrubbingTurns;
  /** Calls back with what is to be sent, in the same turn if it allows that. */
  readonly add: (envelope: EnvelopeParts, drop: Drop, onClean: (clean: EnvelopeParts | undefined) => void) => void;
}

function scrubInTurns(scrubber: Scrubber): ScrubbedInTurns {
  const turns = new ScrubbingTurns(() => scrubber.steps);
  let { faults } = scrubber;
  return {
    turns,
    add: (envelope, drop, onClean) => {
      const pieces = scrub(envelope, scrubber, drop);
      turns.add(() => {
        const { done, value } = pieces.next();
        for (; faults < scrubber.faults; faults++) countFault('scrubbing');
        if (done) onClean(value);
        return done === true;
      });
    },
  };
}

async function flushAfter(
  turns: ScrubbingTurns,
  timeout: number,
  flush: (timeout: number) => Promise<boolean>,
): Promise<boolean> {
  const begun = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, timeout)));
  await Promise.race([turns.idle(), late]);
  clearTimeout(timer);
  return turns.isIdle && flush(Math.max(0, timeout - (Date.now() - begun)));
}

/** Stops wherever the rest can wait. */
function* scrub(
  [header, items]: EnvelopeParts,
  scrubber: Scrubber,
  drop: Drop,
): Generator<undefined, EnvelopeParts | undefined, undefined> {
  const kept: EnvelopeParts[1] = [];
  for (const [at, [itemHeader, payload]] of items.entries()) {
    if (at > 0) yield;
    const { type } = itemHeader;
    const safe = yield* scrubber.pieces(String(type), payload);
    if (safe === undefined) {
      drop('scrubbing_failed', type, 1);
      continue;
    }
    const whole = wholeMembers(withLength(itemHeader, payload, safe), payload, safe);
    if (whole.lost > 0) drop('too_large', type, whole.lost);
    if (whole.header.item_count !== 0)
      kept.push([scrubber.header(whole.header) as Record<string, unknown>, whole.payload]);
  }
  const clean: EnvelopeParts = [scrubber.header(header) as Record<string, unknown>, kept];
  return kept.length === 0 ? undefined : clean;
}

/** Corrects the length of a scrubbed attachment: receivers read attachments by their length. */
function withLength(header: Record<string, unknown>, payload: unknown, safe: unknown): Record<string, unknown> {
  if (safe === payload || typeof header.length !== 'number') return header;
  return { ...header, length: Buffer.byteLength(typeof safe === 'string' ? safe : (safe as Uint8Array)) };
}

function itemCount([, items]: EnvelopeParts): number {
  return items.filter(([{ type }]) => !UNCOUNTED.has(String(type))).length;
}
