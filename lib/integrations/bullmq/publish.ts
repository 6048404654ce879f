import { getActiveSpan, type Span } from '@sentry/nestjs';
import { runInNewSpan, type StartSpanOptions } from '../../client/run-in-new-span.js';
import { INTERNAL_ERROR, SPAN_STATUS_ERROR } from '../../client/span-status.js';
import { insideExecution } from '../../context/execution.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded } from '../../stats/stats.js';
import type { JobSettings } from './bullmq-options.js';
import { bullMq } from './bullmq-partner.js';
import { currentTrace, dataWithTrace, optionsWithTrace } from './job-trace.js';
import type { Job, JobOptions } from './job.js';

interface Queue {
  name: string;
}
interface NewJob {
  name: string;
  data?: unknown;
  opts?: JobOptions;
}
interface JobClass {
  prototype: JobPrototype;
  create(queue: Queue, name: string, data: unknown, opts: JobOptions | undefined, ...rest: unknown[]): Promise<Job>;
  createBulk(queue: Queue, jobs: NewJob[], ...rest: unknown[]): Promise<Job[]>;
}
interface JobPrototype extends Job {
  /** Adds a job of a flow; in BullMQ 5 every job. */
  addJob?(...args: unknown[]): unknown;
  /** Adds a job of a flow, in BullMQ 6. */
  toFlowEntry?(...args: unknown[]): unknown;
}
/** The class of BullMQ's workers, which knows that of its jobs. */
export interface WorkerClass {
  prototype: { readonly Job?: JobClass };
}

const HOOK = 'jobTraces';
const FAULT = 'job-trace';

/**
 * Hooks the copy of BullMQ that the application uses, where jobs are added, whether or not Nest knows their queue. A job
 * that is added in a request, a message or another job carries its trace.
 */
export function hookProducers(workers: WorkerClass | undefined): void {
  const type = workers?.prototype.Job;
  patchPrototype(
    HOOK,
    type && definedBy<JobClass>(type, 'create'),
    'create',
    (create) =>
      function (queue, name, data, opts, ...rest) {
        return publish(queue.name, { job: name }, (carry) => {
          const carried = carry({ name, data, opts });
          const added = create.call(this, queue, name, carried.data, carried.opts, ...rest);
          if (carried.data !== data)
            restoreData(
              added.then((job) => [job]),
              [data],
            );
          return added;
        });
      },
  );
  patchPrototype(
    HOOK,
    type && definedBy<JobClass>(type, 'createBulk'),
    'createBulk',
    (createBulk) =>
      function (queue, jobs, ...rest) {
        const attributes = { 'messaging.batch.message_count': jobs.length };
        return publish(queue.name, attributes, (carry) => {
          const added = createBulk.call(this, queue, jobs.map(carry), ...rest);
          restoreData(
            added,
            jobs.map(({ data }) => data),
          );
          return added;
        });
      },
  );
  if (type) for (const method of ['addJob', 'toFlowEntry'] as const) hookFlow(type.prototype, method);
}

function hookFlow(prototype: JobPrototype, method: 'addJob' | 'toFlowEntry'): void {
  const owner = definedBy<JobPrototype>(prototype, method);
  if (!owner) return;
  patchPrototype(
    HOOK,
    owner,
    method,
    (add) =>
      function (...args) {
        if (this.opts?.telemetry?.metadata) return add.apply(this, args);
        return publish(this.queueName, { job: this.name, 'messaging.message.id': this.id }, (carry) => {
          const { name, data, opts } = this;
          const carried = carry({ name, data, opts });
          this.opts = carried.opts;
          this.data = carried.data;
          try {
            return add.apply(this, args);
          } finally {
            this.data = data;
          }
        });
      },
  );
}

type Carry = (job: NewJob) => NewJob;

/** The spans in which jobs are added: in BullMQ 5, `create` calls `addJob`. */
const publishing = processWide('publish-spans', () => new WeakSet<Span>());

/** Adds jobs in a span, with what lets them carry its trace. Code outside of executions has no trace worth continuing. */
function publish<T>(queue: string, attributes: object, add: (carry: Carry) => T): T {
  const settings = insideExecution() ? guarded(FAULT, () => bullMq.trackingHere()?.settings) : undefined;
  const active = getActiveSpan();
  if (!settings?.tracks(queue) || (active && publishing.has(active))) return add((job) => job);
  const publishIn = (span: Span | undefined) => {
    if (span) publishing.add(span);
    const trace = settings.trace === false ? undefined : guarded(FAULT, currentTrace);
    const carry: Carry = (job) => (trace && guarded(FAULT, () => carrying(job, trace, settings))) || job;
    return endingWith(span, () => add(carry));
  };
  return active ? runInNewSpan('publish-span', spanOptions(queue, attributes), publishIn) : publishIn(undefined);
}

function spanOptions(queue: string, attributes: object): StartSpanOptions {
  return {
    name: `publish ${queue}`,
    op: 'queue.publish',
    attributes: {
      'sentry.origin': 'auto.queue.nestjs_error_tracker',
      'messaging.system': 'bullmq',
      'messaging.destination.name': queue,
      ...attributes,
    },
  };
}

function carrying(job: NewJob, trace: string, { carrier }: JobSettings): NewJob {
  // Its data and options are copied to each run, for as long as it is repeated.
  if (job.opts?.repeat) return job;
  if (carrier === 'data') return { ...job, data: dataWithTrace(job.data, trace) };
  return { ...job, opts: optionsWithTrace(job.opts, trace) };
}

/** The caller of `add` sees the data that it has passed. */
function restoreData(added: Promise<Job[]>, data: readonly unknown[]): void {
  added.then(
    (jobs) => {
      jobs.forEach((job, at) => (job.data = data[at]));
    },
    () => undefined,
  );
}

function endingWith<T>(span: Span | undefined, run: () => T): T {
  const end = (failed: boolean, id?: string) => {
    guarded('publish-span', () => {
      if (id) span?.setAttribute('messaging.message.id', id);
      if (failed) span?.setStatus({ code: SPAN_STATUS_ERROR, message: INTERNAL_ERROR });
      span?.end();
    });
  };
  try {
    const result = run();
    if (!(result instanceof Promise)) end(false);
    else {
      result.then(
        (added: Job | Job[] | undefined) => {
          end(false, Array.isArray(added) ? undefined : added?.id);
        },
        () => {
          end(true);
        },
      );
    }
    return result;
  } catch (error) {
    end(true);
    throw error;
  }
}
