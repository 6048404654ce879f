import {
  getActiveSpan,
  getClient,
  getIsolationScope,
  startInactiveSpan,
  withActiveSpan,
  type NodeClient,
  type Span,
} from '@sentry/nestjs';
import { noteBreadcrumb } from '../breadcrumbs/journal.js';
import { BoundedCopy, firstEntries } from '../bounds/index.js';
import { reportSlow, rounded } from '../capture/report-slow.js';
import { applicationOf } from '../context/applications.js';
import { CRITICAL_SPAN } from '../client/critical-span.js';
import { INTERNAL_ERROR, SPAN_STATUS_ERROR, SPAN_STATUS_OK, type SpanStatusCode } from '../client/span-status.js';
import { rememberChain } from '../context/operation-chain.js';
import { executionOf, type Execution } from '../context/execution.js';
import { currentOperation, withinOperation, type Operation } from '../context/operation.js';
import { recordOperation } from '../context/slowest-spans.js';
import { requireSynchronous } from '../stats/require-synchronous.js';
import { guarded } from '../stats/stats.js';
import type { Specification } from './specification.js';

/** One run of a tracked operation. It ends once: completed, failed or cancelled. */
export class RunningOperation {
  private readonly operation: Operation;
  /** Of the execution that has started it: it may end in another one, such as one that feeds the same Observable. */
  private readonly scope = getIsolationScope();
  private readonly client = getClient<NodeClient>();
  private readonly execution = executionOf(this.scope);
  private readonly span: Span | undefined;
  private readonly start = performance.now();

  constructor(
    private readonly specification: Specification,
    args: readonly unknown[],
  ) {
    const { name, data, errorAttributes: marks } = specification;
    const recorded = data && guarded('operation-data', () => bounded(requireSynchronous(data(...args))));
    this.operation = {
      name,
      data: recorded as Record<string, unknown> | undefined,
      parent: currentOperation(),
      errorAttributes: marks,
      finished: false,
    };
    this.breadcrumb('started', 'info', recorded && { ...recorded });
    this.span = guarded('operation-span', () => startSpan(specification, this.execution, recorded));
  }

  /** Runs a part of the work with the span of the operation active, and as part of its chain. */
  within<T>(run: () => T): T {
    const { span, operation } = this;
    return withinOperation(operation, span ? () => withActiveSpan(span, run) : run);
  }

  complete(value?: unknown): void {
    if (this.operation.finished) return;
    const { result } = this.specification;
    const recorded = result && guarded('operation-result', () => bounded(requireSynchronous(result(value))));
    const duration = this.finish();
    this.breadcrumb('completed', 'info', recorded ? { ...recorded, duration } : { duration });
    this.endSpan(SPAN_STATUS_OK, recorded);
    this.warnIfSlow(duration);
  }

  fail(error: unknown): void {
    if (this.operation.finished) return;
    guarded('operation-chain', () => {
      rememberChain(this.execution, error, this.operation);
    });
    const duration = this.finish();
    this.breadcrumb('failed', 'error', { duration, error: describe(error) });
    this.endSpan(SPAN_STATUS_ERROR);
    this.warnIfSlow(duration);
  }

  /** The caller unsubscribed before the work ended. */
  cancel(): void {
    if (this.operation.finished) return;
    this.breadcrumb('cancelled', 'info', { duration: this.finish() });
    this.endSpan(SPAN_STATUS_OK);
  }

  private finish(): number {
    this.operation.finished = true;
    const duration = rounded(performance.now() - this.start);
    if (!this.span?.isRecording())
      guarded('slowest-spans', () => {
        this.recordDuration(duration);
      });
    return duration;
  }

  private recordDuration(duration: number): void {
    if (!applicationOf(this.execution).ended) return;
    const { name, op } = this.specification;
    recordOperation(this.execution, { op, description: name, duration });
  }

  private breadcrumb(event: string, level: 'info' | 'error', data: Record<string, unknown> | undefined): void {
    guarded('operation-breadcrumb', () => {
      const message = `${this.specification.name} ${event}`;
      const timestamp = Date.now() / 1000;
      noteBreadcrumb({ category: 'operation', message, level, data, timestamp }, this.scope, undefined, this.client);
    });
  }

  private endSpan(code: SpanStatusCode, recorded?: object): void {
    const { span } = this;
    if (!span) return;
    guarded('operation-span', () => {
      if (recorded) span.setAttributes(attributesOf(recorded));
      span.setStatus({ code, message: code === SPAN_STATUS_ERROR ? INTERNAL_ERROR : undefined });
      span.end();
    });
  }

  private warnIfSlow(duration: number): void {
    const threshold = this.specification.slowerThan ?? applicationOf(this.execution).slowerThan;
    if (threshold === undefined || duration <= threshold) return;
    guarded('slow-operation', () => {
      const { name, data, parent } = this.operation;
      withinOperation(this.operation, () => reportSlow({ name, duration, threshold, data }, parent));
    });
  }
}

/**
 * Nothing inside an untraced request is traced: an operation only starts its own transaction if the `root` option is
 * set, or outside of a request.
 */
function startSpan(
  { name, op, root, critical }: Specification,
  execution: Execution,
  recorded: object | undefined,
): Span | undefined {
  const parent = getActiveSpan();
  if (!root && (parent ? !parent.isRecording() : execution.kind !== 'process')) return undefined;
  return startInactiveSpan({
    name,
    op,
    forceTransaction: root,
    attributes:
      critical || recorded ? { ...ORIGIN, ...(critical && CRITICAL_SPAN), ...attributesOf(recorded) } : ORIGIN,
  });
}

const ORIGIN = { 'sentry.origin': 'auto.function.nestjs_error_tracker' };

/** Span attributes are flat: other values become JSON, which the scrubber parses. All together are bounded. */
function attributesOf(recorded: object = {}): Record<string, string | number | boolean> {
  const copy = new BoundedCopy(ATTRIBUTE_LIMITS);
  const attributes: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(recorded) as [string, unknown][]) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') attributes[key] = value;
    else if (value !== undefined) attributes[key] = toText(value, copy);
  }
  return attributes;
}

const ATTRIBUTE_LIMITS = { depth: 8, breadth: 100, values: 1_000, characters: 50_000 };

function bounded(recorded: object | undefined): object | undefined {
  return typeof recorded === 'object' && (recorded as object | null) ? firstEntries(recorded) : undefined;
}

function toText(value: unknown, copy: BoundedCopy): string {
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  try {
    const json = JSON.stringify(copy.share(value)) as string | undefined;
    return json ?? typeof value;
  } catch {
    return '[not serialisable]'; // a cycle, or a toJSON that throws
  }
}

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'an error that cannot be converted to a string';
  }
}
