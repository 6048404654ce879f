import { getRootSpan, getSpanDescendants, type Event, type NodeClient, type Span } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { unsample, resample } from './span-sampling.js';

const SAMPLE_RATE = 'sentry.sample_rate';

/** What a request has turned out to ask for. */
export interface KnownOperation {
  /** Every name that a pattern may call it by. */
  names: readonly string[];
  /** Its handler is marked as critical. */
  critical: boolean;
  /** Whether nothing else can come with the same request. */
  isOnly: boolean;
}

export interface Draw {
  /** The share that is traced: of requests that ask for this, or, without, of those that come to no operation. */
  rateOf(operation?: Pick<KnownOperation, 'names' | 'critical'>): number;
  /** Whether everything that asks for this is traced, whatever comes of it. */
  onKept(span: Span, operation: KnownOperation): void;
  /** The number from 0 to 1 that the whole trace is drawn by. */
  rand: number;
  /** The isolation scope of the request. */
  scope: object;
}

const traces = processWide('provisional-traces', () => new WeakMap<Span, ProvisionalTrace>());
const watched = processWide('provisional-clients', () => new WeakSet<NodeClient>());
/** Ids of traces that have been withdrawn, by the scope of their request. */
const withdrawn = processWide('withdrawn-traces', () => new WeakMap<object, string>());

/**
 * A trace that has begun before anybody could know what the request asks for. Its spans are recorded; they leave once
 * it is decided that they may, and are counted as not sampled otherwise.
 */
class ProvisionalTrace {
  private rate?: number;
  private outcome?: 'kept' | 'withdrawn';
  /** Spans that have ended before the decision, and would have been streamed. */
  private readonly waiting: Span[] = [];

  constructor(
    private readonly root: Span,
    private readonly draw: Draw,
    private readonly client: NodeClient,
  ) {}

  operationKnown(operation: KnownOperation): void {
    const isSampled = this.drawFor(this.draw.rateOf(operation));
    if (isSampled) {
      this.draw.onKept(this.root, operation);
      this.keep();
    } else if (operation.isOnly) this.withdraw();
  }

  /** Called before anybody else looks at a span that has ended. */
  spanEnded(span: Span): void {
    if (span === this.root) {
      if (this.outcome) return;
      if (this.drawFor(this.rate ?? this.draw.rateOf())) this.keep();
      else this.withdraw();
    } else if (!this.outcome) {
      if (unsample(span)) this.waiting.push(span);
    } else if (this.outcome === 'withdrawn') this.leaveOut(span);
  }

  private drawFor(rate: number): boolean {
    if (this.rate === undefined || rate > this.rate) {
      this.rate = rate;
      this.root.setAttribute(SAMPLE_RATE, rate);
    }
    return this.draw.rand < rate;
  }

  private keep(): void {
    if (this.outcome) return;
    this.outcome = 'kept';
    this.waiting.forEach(resample);
    for (const span of this.waiting.splice(0)) this.client.emit('afterSpanEnd', span);
  }

  private withdraw(): void {
    if (this.outcome) return;
    this.outcome = 'withdrawn';
    // The SDK finds the spans below others only where those are sampled.
    this.waiting.splice(0).forEach(resample);
    for (const span of getSpanDescendants(this.root)) this.leaveOut(span);
    if (!this.streams) this.client.recordDroppedEvent('sample_rate', 'transaction');
    withdrawn.set(this.draw.scope, this.root.spanContext().traceId);
  }

  /** Counted as the SDK counts what it has not sampled. */
  private leaveOut(span: Span): void {
    if (unsample(span) && this.streams) this.client.recordDroppedEvent('sample_rate', 'span');
  }

  private get streams(): boolean {
    return (this.client.getOptions() as { traceLifecycle?: string }).traceLifecycle === 'stream';
  }
}

/** @param root - a span that has just begun, sampled */
export function beginProvisionalTrace(root: Span, draw: Draw, client: NodeClient): void {
  traces.set(root, new ProvisionalTrace(root, draw, client));
  if (watched.has(client)) return;
  watched.add(client);
  client.on('spanEnd', (span) => {
    guarded('sampling', () => traces.get(getRootSpan(span))?.spanEnded(span));
  });
}

/** Decides on the trace of a request, where that has waited for this; changes nothing otherwise. */
export function decideTrace(root: Span | undefined, operation: () => KnownOperation): void {
  const trace = root && traces.get(root);
  if (trace) trace.operationKnown(operation());
}

/** Whether this is a transaction of a withdrawn trace: those of another tracer provider are made all the same. */
export function isWithdrawn({ type, contexts, sdkProcessingMetadata }: Event): boolean {
  const scope: unknown = type === 'transaction' ? sdkProcessingMetadata?.capturedSpanIsolationScope : undefined;
  if (typeof scope !== 'object' || scope === null) return false;
  const traceId = withdrawn.get(scope);
  return traceId !== undefined && traceId === contexts?.trace?.trace_id;
}
