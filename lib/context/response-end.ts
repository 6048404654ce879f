import { setImmediate } from 'node:timers';
import type { ServerResponse } from 'node:http';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';

/** Responses to requests that bypassed the HTTP server. */
const directResponses = processWide('direct-responses', () => new WeakSet<ServerResponse>());

export function noteDirectResponse(outgoing: ServerResponse): void {
  directResponses.add(outgoing);
}

/** An adapter may have replaced the methods of such a response: it never sends headers, and may not emit `finish`. */
export function isDirectResponse(outgoing: ServerResponse): boolean {
  return directResponses.has(outgoing);
}

/** Responses without a server, as in serverless adapters, may never close: they end when they are finished. */
export function onResponseEnd(outgoing: ServerResponse, end: () => void): void {
  // A response that an adapter has made may lack these methods.
  guarded('http-execution', () => {
    allowForOwnListeners(outgoing);
  });
  if (!directResponses.has(outgoing)) {
    outgoing.once('close', end);
    return;
  }
  let hasEnded = false;
  const endOnce = () => {
    if (hasEnded) return;
    hasEnded = true;
    end();
  };
  outgoing.once('close', endOnce);
  outgoing.once('finish', () => setImmediate(endOnce));
}

/** Here and until a failure is judged: the limit beyond which Node warns counts the listeners of others. */
const OWN_LISTENERS = 2;

function allowForOwnListeners(outgoing: ServerResponse): void {
  const limit = outgoing.getMaxListeners();
  if (limit > 0) outgoing.setMaxListeners(limit + OWN_LISTENERS);
}
