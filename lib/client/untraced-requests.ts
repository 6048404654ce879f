import { getClient, getCurrentScope, withActiveSpan, type NodeClient, type Span } from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { emitInside } from '../process-state/context-runner.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { keepScopes } from './keep-scopes.js';

/** Starts the span of a request, and calls `next` while it is active. */
type StartSpan = (next: () => unknown) => unknown;
/** Where Sentry 10 and 11 keep that function, as a WeakRef, once they have announced the request. */
interface AnnouncedRequest {
  _startSpanCallback?: { deref?: () => StartSpan | undefined };
}
type UnsampledSpan = new (context: {
  name: string;
  traceId: string;
  spanId?: string;
  sampled: false;
  attributes?: SpanAttributes;
}) => Span;
type SpanAttributes = Parameters<Span['setAttributes']>[0];

/** For Sentry 10 and 11: the name is a URL, which services that continue the trace are not told. */
const URL_SOURCE = { 'sentry.source': 'url', 'sentry.segment.name.source': 'url' } as const;

/** A decision that is made before the SDK starts the span of a request. */
export interface RequestDecision {
  isTraced: boolean;
  /** From 0 to 1. */
  sampleRate: number;
  /** Sentry's random number from 0 to 1 that decided. */
  sampleRand: number;
}
export interface RequestDecisions {
  /** Undefined if the SDK decides: the request continues a trace, or its rate is not known yet. */
  decide(request: IncomingMessage): RequestDecision | undefined;
  /** Makes the sampler confirm the decision about the span that starts next; undefined: about none. */
  confirm(decision: RequestDecision | undefined): void;
}

const state = processWide('untraced-requests', () => ({
  /** The SDK's class of spans; undefined until one was not sampled, null if another tracer provider has its own. */
  spanClass: undefined as UnsampledSpan | null | undefined,
  /** By the span of the request; told to the services that continue its trace. */
  decisions: new WeakMap<Span, RequestDecision>(),
}));

/**
 * Starts the spans of requests that are not traced without what the SDK collects for them: nobody sees it, and it costs
 * more than the rest of the span. Without the SDK's function at the expected place, or with a tracer provider of the
 * application, nothing changes.
 */
export function lightenUntracedRequests(
  client: NodeClient,
  decisions: RequestDecisions,
  onRequestSpan: (span: Span, request: IncomingMessage) => void,
): void {
  if ((client.getOptions() as { skipOpenTelemetrySetup?: boolean }).skipOpenTelemetrySetup) return;
  client.on('createDsc', (dsc, rootSpan) => {
    const decision = rootSpan && state.decisions.get(rootSpan);
    if (!decision) return;
    dsc.sample_rate = String(decision.sampleRate);
    dsc.sample_rand = String(decision.sampleRand);
  });
  client.on('httpServerRequest', (request, response) => {
    guarded('untraced-request', () => {
      const announced = request as AnnouncedRequest;
      const startSpan = announced._startSpanCallback?.deref?.();
      if (!startSpan || state.spanClass === null) return;
      const incoming = request as IncomingMessage;
      const decision = decisions.decide(incoming);
      if (!decision) return;
      const nextInside: StartSpan = (next) => {
        guarded('untraced-request', () => {
          const inside = keepScopes();
          emitInside(incoming, inside);
          emitInside(response as ServerResponse, inside);
        });
        return next();
      };
      const asTheSdk: StartSpan = (next) => {
        decisions.confirm(decision);
        try {
          return startSpan(() => {
            decisions.confirm(undefined);
            return nextInside(next);
          });
        } finally {
          decisions.confirm(undefined);
        }
      };
      const start: StartSpan = (next) => {
        const { spanClass } = state;
        if (decision.isTraced || !spanClass) return asTheSdk(next);
        const span = guarded('untraced-request', () => startUnsampled(spanClass, incoming, decision));
        if (!span) return next();
        onRequestSpan(span, incoming);
        return withActiveSpan(span, () => nextInside(next));
      };
      announced._startSpanCallback = { deref: () => start };
    });
  });
}

/**
 * Called with the span that the SDK has started for a request whose decision was confirmed: Sentry 10 has drawn another
 * number for it. The first one that is not sampled shows the class of such spans.
 */
export function noteDecision(span: Span, decision: RequestDecision): void {
  state.decisions.set(span, decision);
  span.setAttribute('sentry.sample_rate', decision.sampleRate);
  if (!decision.isTraced) state.spanClass ??= guarded('untraced-request', () => unsampledClass(span)) ?? null;
}

function startUnsampled(
  SpanClass: UnsampledSpan,
  { method = 'GET', url = '/' }: IncomingMessage,
  decision: RequestDecision,
): Span {
  const [path = '/'] = url.split('?', 1);
  const { traceId, propagationSpanId: spanId } = getCurrentScope().getPropagationContext();
  const attributes = { ...URL_SOURCE, 'sentry.op': 'http.server' };
  const span = new SpanClass({ name: `${method} ${path}`, traceId, spanId, sampled: false, attributes });
  countUntraced();
  state.decisions.set(span, decision);
  return span;
}

/** As the SDK counts them, when it starts an unsampled span. */
function countUntraced(): void {
  const client = getClient();
  const streams = (client?.getOptions() as { traceLifecycle?: string } | undefined)?.traceLifecycle === 'stream';
  client?.recordDroppedEvent('sample_rate', streams ? 'span' : 'transaction');
}

/** The class of this span, which the SDK does not export, if its constructor works as that of Sentry 10 and 11. */
function unsampledClass(span: Span): UnsampledSpan | undefined {
  const SpanClass = span.constructor as UnsampledSpan;
  const traceId = '0123456789abcdef0123456789abcdef';
  const probe = new SpanClass({ name: 'probe', traceId, spanId: traceId.slice(16), sampled: false });
  const context = probe.spanContext();
  if (span.isRecording()) return undefined; // another tracer provider records it for somebody else
  const isRight = context.traceId === traceId && context.spanId === traceId.slice(16) && context.traceFlags === 0;
  return isRight && !probe.isRecording() ? SpanClass : undefined;
}
