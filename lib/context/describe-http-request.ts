import type { Event } from '@sentry/nestjs';
import { Snapshot } from '../bounds/index.js';
import type { Execution } from './execution.js';

const LIMITS = { depth: 2, breadth: 50, values: 100, characters: 5_000 };
const MAX_TYPE = 200;

interface PlatformRequest {
  params?: unknown;
  rawBody?: unknown;
}

/** Adds the context `request`: size and type of the body, and the parameters of the route. */
export function describeHttpRequest(event: Event, { incoming, request, handler }: Execution): void {
  const { params, rawBody } = (request ?? {}) as PlatformRequest;
  const facts = {
    body_size: sizeOf(incoming?.headers['content-length'], rawBody),
    content_type: incoming?.headers['content-type']?.slice(0, MAX_TYPE),
    // Before a handler is chosen, these are the parameters of a middleware.
    params: handler && hasEntries(params) ? new Snapshot(LIMITS).entries(params) : undefined,
  };
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  if (known.length > 0) event.contexts = { request: Object.fromEntries(known), ...event.contexts };
}

/** Of a body without a length, if the application keeps it. */
function sizeOf(length: string | undefined, rawBody: unknown): number | undefined {
  if (length !== undefined && /^\d{1,15}$/.test(length)) return Number(length);
  return Buffer.isBuffer(rawBody) ? rawBody.length : undefined;
}

function hasEntries(params: unknown): params is object {
  return typeof params === 'object' && params !== null && Object.keys(params).length > 0;
}
