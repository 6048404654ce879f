import type { TransportFactory } from '../../delivery/scrubbing-transport.js';
import { toBytes, type EnvelopeParts } from '../../delivery/envelope-bytes.js';
import type { HttpOptions } from '../../delivery/http-sender.js';
import { postBytes, type Answer } from '../post-envelope.js';
import { TEST_MONITOR, TEST_TAG, type TestType } from './test-type.js';

/** A test item that has reached the wire. */
export interface SentItem {
  readonly type: TestType;
  /** As in the envelope: `event`, `transaction`, `span`, `check_in`, `log`, `trace_metric`. */
  readonly item: string;
  /** Of the event or check-in; of the trace if the item has none of its own. */
  readonly id: string;
  readonly trace?: string;
  /** The status of a check-in. */
  readonly checkIn?: string;
}

/** What has become of an item. */
export interface AnsweredItem extends SentItem {
  readonly answer: Answer;
}

/**
 * Sends each test item once, and nothing else: neither sessions nor client reports. To the outbox before it, everything
 * is sent at once, so that it never repeats an item or keeps one back.
 *
 * @param timeout - milliseconds
 */
export class TestTransport {
  private readonly answers: Promise<AnsweredItem>[] = [];
  /** By id: a check-in must not overtake the one that it completes. */
  private readonly latest = new Map<string, Promise<AnsweredItem>>();

  constructor(
    private readonly timeout: number,
    private readonly onAnswer: (item: AnsweredItem) => void,
  ) {}

  readonly factory: TransportFactory = (options) => ({
    send: (envelope) => {
      const parts = envelope as unknown as EnvelopeParts;
      const [item] = parts[1].flatMap(([header, payload]) => sentItem(header.type, payload) ?? []);
      if (item) this.add(item, this.post(options as unknown as HttpOptions, parts, item, this.latest.get(item.id)));
      return Promise.resolve({ statusCode: 200 });
    },
    flush: () => Promise.resolve(true),
  });

  /** Waits for the answers to everything that has been sent. */
  async settled(): Promise<AnsweredItem[]> {
    return Promise.all(this.answers);
  }

  private add({ id }: SentItem, answer: Promise<AnsweredItem>): void {
    this.answers.push(answer);
    this.latest.set(id, answer);
  }

  private async post(
    { url, headers }: HttpOptions,
    parts: EnvelopeParts,
    item: SentItem,
    previous: Promise<AnsweredItem> | undefined,
  ): Promise<AnsweredItem> {
    await previous;
    const answer = await postBytes({ url, headers }, toBytes(parts), this.timeout);
    const answered = { ...item, answer };
    this.onAnswer(answered);
    return answered;
  }
}

interface Payload {
  event_id?: string;
  check_in_id?: string;
  monitor_slug?: string;
  status?: string;
  tags?: Record<string, unknown>;
  contexts?: { trace?: { trace_id?: string } };
  items?: { trace_id?: string; attributes?: Record<string, unknown> }[];
}

function sentItem(item: unknown, payload: unknown): SentItem | undefined {
  const { event_id: eventId, check_in_id: checkInId, monitor_slug: slug, status, ...rest } = payload as Payload;
  switch (item) {
    case 'event':
    case 'transaction': {
      const type = rest.tags?.[TEST_TAG] as TestType | undefined;
      return type && { type, item, id: eventId ?? '', trace: rest.contexts?.trace?.trace_id };
    }
    case 'check_in':
      return slug === TEST_MONITOR ? { type: 'cron', item, id: checkInId ?? '', checkIn: status } : undefined;
    case 'span':
      return inList('transaction', item, rest);
    case 'log':
      return inList('log', item, rest);
    case 'trace_metric':
      return inList('metric', item, rest);
    default:
      return undefined;
  }
}

function inList(type: TestType, item: string, { items = [] }: Payload): SentItem | undefined {
  const found = items.find(({ attributes = {} }) => TEST_TAG in attributes);
  return found && { type, item, id: found.trace_id ?? '', trace: found.trace_id };
}
