import { randomBytes, randomUUID } from 'node:crypto';
import { BoundedJson, TooCostly } from '../envelopes/bounded-json.js';
import { parseEnvelope } from '../envelopes/envelope.js';
import { HttpProblem } from '../envelopes/http-problem.js';
import { type InboxItem, type StoredItem } from './inbox-item.js';
import { PayloadDecoder } from './item-payload.js';
import { checkStored, EnvelopeCheck, type RelayCheck } from './relay/relay-check.js';

/** The items of a delivery, and the id returned to the client. */
export interface Received {
  id: string | undefined;
  items: StoredItem[];
}

/** Reads the items of an envelope body (`POST /api/<project>/envelope/`). */
export function receiveEnvelope(body: Buffer): Received {
  const json = new BoundedJson();
  const { header, items } = parseEnvelope(body, json);
  const id = textOf(header.event_id);
  const decoder = new PayloadDecoder(json);
  const check = new EnvelopeCheck(Date.now() / 1000);
  const stored = items.map((item) => {
    const payload = decoder.decode(item, id);
    return store(item.header.type, payload, check.item(item, payload));
  });
  return { id, items: stored };
}

/** Reads the event of a `POST /api/<project>/store/`, used by clients before envelopes existed. */
export function receiveStore(body: Buffer): Received {
  let event: unknown;
  try {
    event = new BoundedJson().parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof TooCostly) throw new HttpProblem(400, `malformed event: it is ${error.message}`);
    throw new HttpProblem(400, 'malformed event: the body is not JSON');
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new HttpProblem(400, 'malformed event: the body is not a JSON object');
  }
  const { event_id: eventId, type } = event as Record<string, unknown>;
  const id = textOf(eventId) ?? randomBytes(16).toString('hex');
  const relay = checkStored(event as Record<string, unknown>, body.length, Date.now() / 1000);
  return { id, items: [store(type === 'transaction' ? type : 'event', { ...event, event_id: id }, relay)] };
}

function store(type: string, payload: unknown, relay?: RelayCheck): StoredItem {
  const receivedAt = new Date().toISOString();
  const item: InboxItem = { id: randomUUID(), type, receivedAt, payload, ...(relay && { relay }) };
  return { id: item.id, type, json: serialize(item) };
}

function serialize(item: InboxItem): string {
  try {
    return JSON.stringify(item);
  } catch {
    // Parsed JSON fails here only if it is nested too deeply for the stack.
    return JSON.stringify({ ...item, payload: 'This payload is nested too deeply to be stored.' });
  }
}

/** Longer ids are ignored: an id is repeated in every attachment. */
const MAX_ID_LENGTH = 200;

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH ? value : undefined;
}
