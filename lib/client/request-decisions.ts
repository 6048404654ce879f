import type { NodeClient, Span } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import { processWide, processWideKey } from '../process-state/process-wide.js';

/** Whether a request is traced, decided before the SDK starts its span. */
export interface RequestDecision {
  readonly isTraced: boolean;
  /** From 0 to 1. */
  readonly sampleRate: number;
  /** The random number from 0 to 1 that decided. */
  readonly sampleRand: number;
}

const DECISION = Symbol.for(processWideKey('request-decision'));
interface DecidedRequest {
  [DECISION]?: RequestDecision;
}
/** By the span of the request. */
const bySpan = processWide('span-decisions', () => new WeakMap<Span, RequestDecision>());

export function decideRequest(request: IncomingMessage, decision: RequestDecision): void {
  (request as DecidedRequest)[DECISION] = decision;
}

export function decisionOf(request: IncomingMessage | undefined): RequestDecision | undefined {
  return (request as DecidedRequest | undefined)?.[DECISION];
}

/** Remembers which decision a span follows: Sentry 10 draws another random number for it. */
export function followDecision(span: Span, decision: RequestDecision): void {
  bySpan.set(span, decision);
}

/** Tells the services that continue a trace what decided about it. */
export function announceDecisions(client: NodeClient): void {
  client.on('createDsc', (dsc, rootSpan) => {
    const decision = rootSpan && bySpan.get(rootSpan);
    if (!decision) return;
    dsc.sample_rate = String(decision.sampleRate);
    dsc.sample_rand = String(decision.sampleRand);
  });
}
