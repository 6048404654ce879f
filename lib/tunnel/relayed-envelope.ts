import type { EnvelopeParts } from '../delivery/envelope-bytes.js';
import { TooCostly, type BoundedJson } from '../envelopes/bounded-json.js';
import type { Envelope, EnvelopeItem } from '../envelopes/envelope.js';
import { HttpProblem } from '../envelopes/http-problem.js';
import { withVisitor, type Visitor } from './visitor.js';

const BINARY = new Set(['attachment', 'replay_recording']);

/** An item whose payload is parsed, or bytes. */
export type DecodedItem = [header: EnvelopeItem['header'], payload: unknown];

/** @throws HttpProblem - 400 if the payload is not JSON, or too much of it */
export function decoded({ header, payload }: EnvelopeItem, json: BoundedJson): DecodedItem {
  if (BINARY.has(header.type)) return [header, new Uint8Array(payload)]; // its buffer is released with the body
  try {
    return [header, json.parse(payload.toString('utf8'))];
  } catch (error) {
    const what = error instanceof TooCostly ? error.message : 'not JSON';
    throw new HttpProblem(400, `malformed envelope: the ${header.type} is ${what}`);
  }
}

/** Where it goes is not part of what is sent: the DSN says so to tunnels only. */
export function relayed({ header }: Envelope, items: readonly DecodedItem[], visitor: Visitor): EnvelopeParts {
  return [
    { ...header, dsn: undefined },
    items.map(([{ length, ...itemHeader }, payload]) =>
      payload instanceof Uint8Array
        ? [{ ...itemHeader, length }, payload]
        : [itemHeader, withVisitor(itemHeader.type, payload, visitor)],
    ),
  ];
}
