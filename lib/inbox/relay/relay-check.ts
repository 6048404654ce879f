import { NOT_READ } from '../../envelopes/bounded-json.js';
import { type EnvelopeItem } from '../../envelopes/envelope.js';
import { checkEvent, checkTransaction } from './check-event.js';
import { Findings } from './findings.js';
import { fieldsOf, isHex, type Fields } from './payload-fields.js';
import { CONTAINERS, sizeLimitOf } from './size-limits.js';

/** What Sentry would do with an item, by the limits and rules of its Relay. */
export interface RelayCheck {
  /** Size as received, decompressed. */
  bytes: number;
  /** The most that an item of this type may have; missing for types that Sentry does not know. */
  limit?: number;
  /** Why Sentry would refuse it. Of an envelope with an item over a limit, Sentry takes nothing. */
  rejects?: string[];
  /** What Sentry would cut, replace or remove. */
  changes?: string[];
}

/** An item that Sentry knows nothing of: alerts are sent to the inbox only. */
const OWN_TYPES = new Set(['alert']);
const MOST_FINDINGS = 20;

/** Checks the items of one envelope, whose limits they share. */
export class EnvelopeCheck {
  private readonly counts = new Map<string, number>();

  constructor(private readonly receivedAt: number) {}

  /** @param payload - parsed; a text if it could not be parsed */
  item({ header, payload: { length } }: EnvelopeItem, payload: unknown): RelayCheck | undefined {
    if (OWN_TYPES.has(header.type)) return undefined;
    const findings = new Findings();
    const isContainer = CONTAINERS.has(header.type) && header.item_count !== undefined;
    const limit = sizeLimitOf(header.type, isContainer);
    if (limit === undefined) findings.changes.push('Sentry does not know this type of item: ignored');
    else {
      if (length > limit.bytes)
        findings.rejects.push(
          `${size(length)}; Sentry takes up to ${size(limit.bytes)}, and refuses the whole envelope`,
        );
      const count = (this.counts.get(limit.group) ?? 0) + 1;
      this.counts.set(limit.group, count);
      if (count > limit.count)
        findings.rejects.push(
          `more than ${limit.count} ${limit.group} item${limit.count === 1 ? '' : 's'} in one envelope, which Sentry refuses as a whole`,
        );
    }
    checkPayload(header, payload, this.receivedAt, findings);
    return relayCheck(length, limit?.bytes, findings);
  }
}

/** Checks an event that came without an envelope. */
export function checkStored(event: Fields, bytes: number, receivedAt: number): RelayCheck {
  const findings = new Findings();
  const limit = sizeLimitOf('event', false)?.bytes ?? Infinity;
  if (bytes > limit) findings.rejects.push(`${size(bytes)}; Sentry takes up to ${size(limit)}`);
  checkPayload({ type: event.type === 'transaction' ? 'transaction' : 'event' }, event, receivedAt, findings);
  return relayCheck(bytes, limit, findings);
}

function relayCheck(bytes: number, limit: number | undefined, { rejects, changes }: Findings): RelayCheck {
  return {
    bytes,
    ...(limit !== undefined && { limit }),
    ...(rejects.length > 0 && { rejects: rejects.slice(0, MOST_FINDINGS) }),
    ...(changes.length > 0 && { changes: changes.slice(0, MOST_FINDINGS) }),
  };
}

function checkPayload(header: EnvelopeItem['header'], payload: unknown, receivedAt: number, findings: Findings): void {
  const { type } = header;
  if (type === 'event' || type === 'transaction' || type === 'feedback') {
    if (typeof payload === 'string') {
      if (!payload.startsWith(NOT_READ)) findings.rejects.push('the payload is not JSON');
      return;
    }
    const event = fieldsOf(payload);
    checkEvent(event, receivedAt, findings);
    if (type === 'transaction') checkTransaction(event, findings);
  } else if (type === 'check_in') checkCheckIn(fieldsOf(payload), findings);
  else if (CONTAINERS.has(type) && header.item_count !== undefined) checkContainer(header, payload, findings);
}

function checkCheckIn({ check_in_id: id, monitor_slug: slug, status }: Fields, findings: Findings): void {
  if (!isHex(id, 32)) findings.rejects.push('check_in_id: not 32 hexadecimal digits');
  if (typeof slug !== 'string' || slug === '') findings.rejects.push('check-in without monitor_slug');
  if (typeof status !== 'string') findings.rejects.push('check-in without status');
  findings.cut('monitor_slug', slug, 50);
}

function checkContainer({ item_count: count }: EnvelopeItem['header'], payload: unknown, { rejects }: Findings): void {
  const { items } = fieldsOf(payload);
  if (Array.isArray(items) && items.length !== count)
    rejects.push(`item_count is ${JSON.stringify(count)}, but there are ${items.length} items`);
}

function size(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.ceil(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(2)} MB`;
}
