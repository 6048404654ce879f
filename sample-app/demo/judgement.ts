import { type EventPayload, type InboxItem, operationsOf, titleOf } from './inbox-items.js';
import type { Exchange, ExpectedEvent } from './shop.js';

/** The result of the scenario. */
export interface Judgement {
  reported: { exchange: Exchange; event: EventPayload }[];
  leftOut: Exchange[];
  /** Traces of requests of the scenario. */
  traces: number;
  /** Business events by name, counted by the metrics that arrived. */
  counted: Map<string, number>;
  /** What has not arrived yet. */
  missing: string[];
  /** What should not have arrived, or differs from what was expected. */
  unexpected: string[];
  /** The number of items of any type. */
  items: number;
  /** Secrets that were found in items. */
  leaks: string[];
}

/** Requests with other statuses have no trace: Sentry 10 ignores them by default (`ignoreStatusCodes`). */
const isTraced = (status: number): boolean => status < 401 || status > 404;
/** Warnings that depend on how busy this machine is. */
const OF_THE_MACHINE = /^Slow (?:query|request|service)$/;
const MUST_BE_COUNTED = 'business.payment.declined';

export function judge(exchanges: Exchange[], items: InboxItem[], secrets: string[]): Judgement {
  const judgement: Judgement = {
    reported: [],
    leftOut: exchanges.filter(({ leftOut }) => leftOut),
    traces: 0,
    counted: countedIn(items),
    missing: [],
    unexpected: [],
    items: items.length,
    leaks: secretsIn(items, secrets),
  };
  const requests = requestsByTrace(items);
  const events = payloadsByRequest(items, 'event', requests);
  const traces = payloadsByRequest(items, 'transaction', requests);
  for (const exchange of exchanges) {
    const own = take(events, exchange.id);
    const { request, status, answered } = exchange;
    if (answered !== status) judgement.unexpected.push(`${request}: responded ${answered}; expected ${status}`);
    judgeEvents(judgement, exchange, own);
    const isThere = take(traces, exchange.id).length > 0; // what follows the request is part of its trace
    if (isThere) judgement.traces++;
    if (!isThere && isTraced(answered)) judgement.missing.push(`the trace of ${request} (${exchange.what})`);
  }
  for (const event of [...events.values()].flat())
    judgement.unexpected.push(`an event that belongs to no request: ${titleOf(event)}`);
  if (!judgement.counted.has(MUST_BE_COUNTED)) judgement.missing.push(`the metric ${MUST_BE_COUNTED}`);
  return judgement;
}

export function isAsExpected({ missing, unexpected, leaks }: Judgement): boolean {
  return missing.length + unexpected.length + leaks.length === 0;
}

function judgeEvents({ reported, missing, unexpected }: Judgement, exchange: Exchange, events: EventPayload[]): void {
  const { reports, what } = exchange;
  const rest = [...events];
  if (reports) {
    const at = rest.findIndex((event) => titleOf(event) === reports.title);
    const [event] = at < 0 ? [] : rest.splice(at, 1);
    if (event) {
      reported.push({ exchange, event });
      unexpected.push(...differences(reports, event));
    } else missing.push(`${reports.title} (${what})`);
  }
  for (const event of rest.filter((each) => !OF_THE_MACHINE.test(titleOf(each))))
    unexpected.push(`${titleOf(event)} (${what})`);
}

function differences(expected: ExpectedEvent, event: EventPayload): string[] {
  const compared: [string, string | undefined, string | undefined][] = [
    ['level', expected.level, event.level],
    ['transaction', expected.transaction, event.transaction],
    ['user', expected.userId, event.user?.id],
    ['operations', expected.operations.join(' > '), operationsOf(event).join(' > ')],
  ];
  return compared
    .filter(([, wanted, found]) => wanted !== found)
    .map(
      ([name, wanted, found]) => `${expected.title}: ${name} is ${found || 'missing'}; expected ${wanted || 'none'}`,
    );
}

/** The ids of the requests by the ids of their traces: a message of a broker has no request, but continues its trace. */
function requestsByTrace(items: InboxItem[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { payload } of items) {
    const [trace, request] = [payload.contexts?.trace?.trace_id, payload.tags?.request_id];
    if (trace !== undefined && request !== undefined) found.set(trace, request);
  }
  return found;
}

function payloadsByRequest(
  items: InboxItem[],
  type: string,
  requests: ReadonlyMap<string, string>,
): Map<string, EventPayload[]> {
  const found = new Map<string, EventPayload[]>();
  for (const { payload } of items.filter((item) => item.type === type)) {
    const id = payload.tags?.request_id ?? requests.get(payload.contexts?.trace?.trace_id ?? '') ?? '';
    found.set(id, [...(found.get(id) ?? []), payload]);
  }
  return found;
}

function take(payloads: Map<string, EventPayload[]>, id: string): EventPayload[] {
  const taken = payloads.get(id) ?? [];
  payloads.delete(id);
  return taken;
}

function countedIn(items: InboxItem[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { payload } of items.filter(({ type }) => type === 'trace_metric')) {
    for (const { name, value } of payload.items ?? []) counted.set(name, (counted.get(name) ?? 0) + value);
  }
  return counted;
}

function secretsIn(items: InboxItem[], secrets: string[]): string[] {
  return items.flatMap((item) => {
    const text = JSON.stringify(item);
    return secrets
      .filter((secret) => text.includes(secret))
      .map((secret) => `${secret} is in an item of type ${item.type}`);
  });
}
