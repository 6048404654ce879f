import { addBreadcrumb, getActiveSpan, startInactiveSpan, withActiveSpan, type Span } from '@sentry/nestjs';
import { reportSlow, rounded } from '../capture/report-slow.js';
import { applicationOf } from '../context/application.js';
import { CRITICAL_SPAN } from '../client/critical-span.js';
import { rememberChain } from '../context/chain.js';
import { currentExecution, type Execution } from '../context/execution.js';
import { currentOperation, withinOperation, type Operation } from '../context/operation.js';
import { noteStep } from '../context/slowest-spans.js';
import { guarded } from '../stats/stats.js';
import type { Specification } from './specification.js';

const SPAN_ERROR = 2;
const SPAN_OK = 1;

/** One run of a tracked operation, from its start to the one end that it has. */
export class RunningOperation {
  private readonly operation: Operation;
  private readonly execution: Execution;
  private readonly span: Span | undefined;
  private readonly start = performance.now();

  constructor(
    private readonly specification: Specification,
    args: readonly unknown[],
  ) {
    const { name, data, marks } = specification;
    const noted = data && guarded('operation-data', () => data(...args));
    this.execution = currentExecution();
    this.operation = {
      name,
      data: noted as Record<string, unknown> | undefined,
      startedAt: Date.now(),
      parent: currentOperation(),
      marks,
      finished: false,
    };
    this.breadcrumb('started', 'info', noted);
    this.span = guarded('operation-span', () => openSpan(specification, this.execution, noted));
  }

  /** Runs a part of the operation's work, with its span and its place in the chain. */
  within<T>(run: () => T): T {
    const { span, operation } = this;
    return withinOperation(operation, span ? () => withActiveSpan(span, run) : run);
  }

  complete(value?: unknown): void {
    if (this.operation.finished) return;
    const { result } = this.specification;
    const noted = result && guarded('operation-result', () => result(value));
    const duration = this.finish();
    this.breadcrumb('completed', 'info', { ...noted, duration });
    this.closeSpan(SPAN_OK, noted);
    this.warnIfSlow(duration);
  }

  fail(error: unknown): void {
    if (this.operation.finished) return;
    guarded('operation-chain', () => {
      rememberChain(this.execution, error, this.operation);
    });
    const duration = this.finish();
    this.breadcrumb('failed', 'error', { duration, error: describe(error) });
    this.closeSpan(SPAN_ERROR);
    this.warnIfSlow(duration);
  }

  /** The caller lost interest before there was an end: neither completed nor failed. */
  abandon(): void {
    if (this.operation.finished) return;
    this.breadcrumb('cancelled', 'info', { duration: this.finish() });
    this.closeSpan(SPAN_OK);
  }

  private finish(): number {
    this.operation.finished = true;
    const duration = rounded(performance.now() - this.start);
    if (!this.span?.isRecording())
      guarded('slowest-spans', () => {
        this.noteStep(duration);
      });
    return duration;
  }

  private noteStep(duration: number): void {
    if (!applicationOf(this.execution).ended) return;
    const { name, op } = this.specification;
    noteStep(this.execution, { op, description: name, duration });
  }

  private breadcrumb(event: string, level: 'info' | 'error', data: object | undefined): void {
    guarded('operation-breadcrumb', () => {
      addBreadcrumb({
        category: 'operation',
        message: `${this.specification.name} ${event}`,
        level,
        data: { ...data },
      });
    });
  }

  private closeSpan(code: typeof SPAN_OK | typeof SPAN_ERROR, noted?: object): void {
    const { span } = this;
    if (!span) return;
    guarded('operation-span', () => {
      if (noted) span.setAttributes(attributesOf(noted));
      span.setStatus({ code, message: code === SPAN_ERROR ? 'internal_error' : undefined });
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
 * Inside a request that is not traced, nothing is: an operation opens a transaction of its own only where it is asked
 * to, or where there is no request.
 */
function openSpan(
  { name, op, root, critical }: Specification,
  execution: Execution,
  noted: object | undefined,
): Span | undefined {
  const parent = getActiveSpan();
  if (!root && (parent ? !parent.isRecording() : execution.kind !== 'process')) return undefined;
  const span = startInactiveSpan({
    name,
    op,
    forceTransaction: root,
    attributes: {
      'sentry.origin': 'auto.function.nestjs_error_tracker',
      ...(critical && CRITICAL_SPAN),
      ...(noted && attributesOf(noted)),
    },
  });
  return span;
}

/** Attributes of a span are flat: what is not, becomes JSON, which the scrubber reads. */
function attributesOf(noted: object): Record<string, string | number | boolean> {
  const attributes: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(noted) as [string, unknown][]) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') attributes[key] = value;
    else if (value !== undefined) attributes[key] = asText(value);
  }
  return attributes;
}

function asText(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text ?? typeof value;
  } catch {
    return '[not serialisable]'; // a cycle, or a toJSON that throws
  }
}

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'an error that cannot be shown';
  }
}
