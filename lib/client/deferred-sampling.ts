import { getRootSpan, getSpanDescendants, type Event, type NodeClient, type Span } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { resample, unsample } from './span-sampling.js';

const SAMPLE_RATE = 'sentry.sample_rate';

/** A GraphQL operation of a request. */
export interface KnownOperation {
  /** Every name that a sampling pattern can match. */
  names: readonly string[];
  /** Whether its handler is marked critical. */
  critical: boolean;
  /** Whether the request cannot contain another operation. */
  isOnly: boolean;
}

/** The inputs of a sampling decision that waits for the operation of a request. */
export interface DeferredSampling {
  /** The sample rate of an operation, or of a request that turns out to have none. */
  sampleRateOf(operation?: Pick<KnownOperation, 'names' | 'critical'>): number;
  /** Called with the root span when an operation is sampled. */
  onSampled(span: Span, operation: KnownOperation): void;
  /** Sentry's random number from 0 to 1 that is shared by the whole trace. */
  sampleRand: number;
  /** The isolation scope of the request. */
  isolationScope: object;
}

const decisions = processWide('deferred-decisions', () => new WeakMap<Span, DeferredDecision>());
const clients = processWide('deferred-decision-clients', () => new WeakSet<NodeClient>());
/** Ids of traces that were not sampled, by the isolation scope of their request. */
const unsampledTraces = processWide('unsampled-traces', () => new WeakMap<object, string>());

/**
 * The sampling decision of a trace that started before the operation of its request was known. Its spans are recorded:
 * they are sent if the trace is sampled, and counted as `sample_rate` otherwise.
 */
class DeferredDecision {
  private rate?: number;
  private outcome?: 'sampled' | 'unsampled';
  /** Spans that ended before the decision and would otherwise have been streamed. */
  private readonly endedSpans: Span[] = [];

  constructor(
    private readonly root: Span,
    private readonly sampling: DeferredSampling,
    private readonly client: NodeClient,
  ) {}

  operationKnown(operation: KnownOperation): void {
    if (this.isSampledAt(this.sampling.sampleRateOf(operation))) {
      this.sampling.onSampled(this.root, operation);
      this.sampleTrace();
    } else if (operation.isOnly) this.unsampleTrace();
  }

  /** Must be called before any other listener of `spanEnd`. */
  spanEnded(span: Span): void {
    if (span === this.root) {
      if (this.outcome) return;
      if (this.isSampledAt(this.rate ?? this.sampling.sampleRateOf())) this.sampleTrace();
      else this.unsampleTrace();
    } else if (!this.outcome) {
      if (unsample(span)) this.endedSpans.push(span);
    } else if (this.outcome === 'unsampled') this.dropSpan(span);
  }

  private isSampledAt(rate: number): boolean {
    if (this.rate === undefined || rate > this.rate) {
      this.rate = rate;
      this.root.setAttribute(SAMPLE_RATE, rate);
    }
    return this.sampling.sampleRand < rate;
  }

  private sampleTrace(): void {
    if (this.outcome) return;
    this.outcome = 'sampled';
    this.endedSpans.forEach(resample);
    for (const span of this.endedSpans.splice(0)) this.client.emit('afterSpanEnd', span);
  }

  private unsampleTrace(): void {
    if (this.outcome) return;
    this.outcome = 'unsampled';
    // The SDK only lists descendants of sampled spans.
    this.endedSpans.splice(0).forEach(resample);
    for (const span of getSpanDescendants(this.root)) this.dropSpan(span);
    if (!this.streams) this.client.recordDroppedEvent('sample_rate', 'transaction');
    unsampledTraces.set(this.sampling.isolationScope, this.root.spanContext().traceId);
  }

  /** Counts the span as the SDK counts unsampled spans. */
  private dropSpan(span: Span): void {
    if (unsample(span) && this.streams) this.client.recordDroppedEvent('sample_rate', 'span');
  }

  private get streams(): boolean {
    return (this.client.getOptions() as { traceLifecycle?: string }).traceLifecycle === 'stream';
  }
}

/** @param root - a sampled span that has just started */
export function deferDecision(root: Span, sampling: DeferredSampling, client: NodeClient): void {
  decisions.set(root, new DeferredDecision(root, sampling, client));
  if (clients.has(client)) return;
  clients.add(client);
  client.on('spanEnd', (span) => {
    guarded('sampling', () => decisions.get(getRootSpan(span))?.spanEnded(span));
  });
}

/** Makes the sampling decision of a trace, if it was deferred; does nothing otherwise. */
export function decideTrace(root: Span | undefined, operation: () => KnownOperation): void {
  const decision = root && decisions.get(root);
  if (decision) decision.operationKnown(operation());
}

/** Whether this is the transaction of an unsampled trace, which other tracer providers create nevertheless. */
export function isUnsampledTransaction({ type, contexts, sdkProcessingMetadata }: Event): boolean {
  const scope: unknown = type === 'transaction' ? sdkProcessingMetadata?.capturedSpanIsolationScope : undefined;
  if (typeof scope !== 'object' || scope === null) return false;
  const traceId = unsampledTraces.get(scope);
  return traceId !== undefined && traceId === contexts?.trace?.trace_id;
}
