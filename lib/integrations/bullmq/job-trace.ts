import { getTraceData } from '@sentry/nestjs';
import type { ExecutionFacts } from '../../context/run-execution.js';
import { guarded } from '../../stats/stats.js';
import type { JobSettings } from './bullmq-options.js';
import type { Job, JobOptions } from './job.js';

/** A trace, by the names of its headers. */
interface CarriedTrace {
  'sentry-trace'?: unknown;
  baggage?: unknown;
}

/** The property of a job's data that carries a trace. */
const KEY = 'sentryTrace';
/** Anybody who can add a job can write this. */
const MAX_LENGTH = 16_384;
const SENTRY_TRACE = /^([\da-f]{32})-([\da-f]{16})(?:-([01]))?$/;

/**
 * The current trace as text, in the form in which BullMQ's telemetry carries it: a JSON object of headers, which
 * OpenTelemetry's propagators can read.
 */
export function currentTrace(): string | undefined {
  const { 'sentry-trace': sentryTrace, baggage } = getTraceData();
  return sentryTrace ? JSON.stringify({ 'sentry-trace': sentryTrace, baggage }) : undefined;
}

/** The options of a job with a trace; the same options if they carry their own one, or must not carry any. */
export function optionsWithTrace(options: JobOptions | undefined, trace: string): JobOptions | undefined {
  if (options?.telemetry?.omitContext || options?.telemetry?.metadata) return options;
  return { ...options, telemetry: { ...options?.telemetry, metadata: trace } };
}

/** The data of a job with a trace; the same data if it is not an object, or has that property. No data is stored as `{}`. */
export function dataWithTrace(data: unknown, trace: string): unknown {
  if (data === undefined) return { [KEY]: JSON.parse(trace) as object };
  if (typeof data !== 'object' || data === null || Array.isArray(data) || 'toJSON' in data || KEY in data) return data;
  return { ...data, [KEY]: JSON.parse(trace) as object };
}

/** The trace of the code that added a job, as its options say. */
export function carriedTrace(job: Job, settings: JobSettings): Pick<ExecutionFacts, 'trace' | 'links'> {
  const carried = guarded('job-trace', () => (settings.carrier === 'data' ? takeFromData(job) : fromOptions(job)));
  if (settings.trace === false) return {};
  const sentryTrace = textOf(carried?.['sentry-trace']);
  const [, traceId, spanId, sampled] = SENTRY_TRACE.exec(sentryTrace ?? '') ?? [];
  if (!traceId || !spanId) return {};
  if (settings.trace === 'continue') return { trace: { sentryTrace, baggage: textOf(carried?.baggage) } };
  const context = { traceId, spanId, traceFlags: sampled === '1' ? 1 : 0, isRemote: true };
  return { links: [{ context, attributes: { 'sentry.link.type': 'previous_trace' } }] };
}

function fromOptions({ opts }: Job): CarriedTrace | undefined {
  const metadata = textOf(opts?.telemetry?.metadata);
  // Another telemetry may carry anything there.
  return metadata?.startsWith('{') ? (JSON.parse(metadata) as CarriedTrace) : undefined;
}

/** Removes the property, because the processor may validate its data strictly. */
function takeFromData(job: Job): CarriedTrace | undefined {
  const { data } = job;
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, KEY)) return undefined;
  const { [KEY]: carried, ...rest } = data as Record<string, unknown>;
  job.data = rest;
  return typeof carried === 'object' ? (carried as CarriedTrace) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_LENGTH ? value : undefined;
}
