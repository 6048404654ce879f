import type { Job } from 'bullmq';
import { parseDuration, type Duration } from '../../options/duration.js';
import * as schema from '../../options/schema.js';

/**
 * Options of `SentryBullMqModule.forRoot()` and of `@TrackJob()`.
 *
 * @example
 * ```ts
 * import { SentryBullMqModule } from 'nestjs-error-tracker/bullmq';
 *
 * SentryBullMqModule.forRoot({ report: 'every', queues: ['invoices'], slowerThan: '30s' });
 * ```
 */
export interface BullMqOptions {
  /**
   * Which failed attempts at a job are reported: the last one, after which BullMQ does not retry; the first one; every
   * one; or those for which a function returns true. The function is called for each failed attempt, with whether BullMQ
   * will not retry; if it throws, `last` applies and the failure is counted as `bullmq-report`. Default: `last`.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- fits a parameter that is any Job<Data, Result, Name>
  report?: 'last' | 'first' | 'every' | ((job: Job<any, any, any>, error: Error, last: boolean) => boolean) | undefined;
  /** Names of the queues that are tracked (an empty list: none); others stay as without this library. Default: all. */
  queues?: string[] | undefined;
  /**
   * Whether the data of a job is sent with its events, or a function that returns what is sent instead. It is scrubbed,
   * and cut and marked at 16 KB. Default: true.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- fits a parameter that is any Job<Data, Result, Name>
  data?: boolean | ((job: Job<any, any, any>) => object) | undefined;
  /**
   * How a job is connected to the trace of the code that added it: it continues that trace, so that producer and worker
   * share one trace id; it has its own trace with a link to the other; or neither. Default: `continue`.
   */
  trace?: 'continue' | 'link' | false | undefined;
  /**
   * Where the trace travels: in BullMQ's own field for it (`job.opts.telemetry`), or in the property `sentryTrace` of
   * the job's data, for producers or versions without that field. Default: `options`.
   */
  carrier?: 'options' | 'data' | undefined;
  /** Duration above which an attempt sends a `Slow job` warning. Default: `operations.slowerThan` of the module. */
  slowerThan?: Duration | undefined;
}

/** Compiled {@link BullMqOptions}. */
export interface JobSettings extends Required<Pick<BullMqOptions, 'report' | 'data' | 'trace' | 'carrier'>> {
  readonly options: BullMqOptions;
  tracks(queue: string): boolean;
  /** Milliseconds. */
  readonly slowerThan?: number;
}

export const bullMqShape = schema.shape({
  report: schema.either(
    "'last', 'first', 'every' or a function",
    "use 'last', 'first', 'every' or (job, error, last) => boolean",
    schema.oneOf('last', 'first', 'every'),
    schema.callable,
  ),
  queues: schema.arrayOf(schema.text, 'names of queues'),
  data: schema.either(
    'true, false or a function',
    'use true, false or (job) => ({ id: job.data.id })',
    schema.boolean,
    schema.callable,
  ),
  trace: schema.oneOf('continue', 'link', false),
  carrier: schema.oneOf('options', 'data'),
  slowerThan: schema.duration,
});

export function compileJobSettings(options: BullMqOptions): JobSettings {
  const { report = 'last', queues, data = true, trace = 'continue', carrier = 'options', slowerThan } = options;
  const tracked = queues && new Set(queues);
  return {
    options,
    report,
    data,
    trace,
    carrier,
    tracks: (queue) => tracked?.has(queue) ?? true,
    slowerThan: parseDuration(slowerThan),
  };
}
