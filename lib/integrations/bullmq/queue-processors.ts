import { isReference } from '../../context/operation-chain.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy, type ModulesContainer } from '../../hooks/provider-prototypes.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded } from '../../stats/stats.js';
import type { Attempt } from './attempt.js';
import { bullMq } from './bullmq-partner.js';
import type { Job } from './job.js';
import { runJob } from './run-job.js';
import { followWorker, hasBegun, type Worker } from './worker-failures.js';

interface ProcessingWorker extends Worker {
  readonly name: string;
  readonly opts?: { readonly prefix?: string };
  readonly processFn?: unknown;
  /** Of a processor that is a file. */
  readonly childPool?: object;
  callProcessJob(job: Job, ...rest: unknown[]): unknown;
}
/** The options of a queue, in the application's container. */
interface QueueOptions {
  readonly name?: string;
  readonly prefix?: string;
  readonly processors?: unknown;
}
type Callback = (...args: never[]) => unknown;

/** BullMQ's own. */
const DEFAULT_PREFIX = 'bull';

const state = processWide('queue-processors', () => ({
  applications: new Set<WeakRef<ModulesContainer>>(),
  /** The application of each worker; null if none has registered it. */
  owners: new WeakMap<ProcessingWorker, WeakRef<ModulesContainer> | null>(),
}));

/**
 * Tracks the workers that `BullModule.registerQueue({ processors })` creates: Nest keeps no reference to them, so their
 * queue is found when they process a job.
 *
 * @param modules - Nest's `ModulesContainer`, before its queues are created
 */
export function hookQueueProcessors(workers: { prototype: object } | undefined, modules: ModulesContainer): void {
  remember(modules);
  patchPrototype(
    'bullmq',
    workers && definedBy<ProcessingWorker>(workers.prototype, 'callProcessJob'),
    'callProcessJob',
    (callProcessJob) =>
      function (job, ...rest) {
        const run = () => callProcessJob.call(this, job, ...rest);
        const attempt = guarded('bullmq-hooks', () => attemptOf(this, job));
        return attempt ? runJob(attempt, [job, ...rest], run) : run();
      },
  );
}

function remember(modules: ModulesContainer): void {
  for (const known of state.applications) {
    const application = known.deref();
    if (application === modules) return;
    if (!application) state.applications.delete(known);
  }
  state.applications.add(new WeakRef(modules));
}

/** @returns undefined if the worker is none of Nest's, or not tracked */
function attemptOf(worker: ProcessingWorker, job: Job): Attempt | undefined {
  if (hasBegun(job)) return undefined;
  let owner = state.owners.get(worker);
  if (owner === undefined) {
    owner = [...state.applications].find((each) => hasRegistered(each.deref(), worker)) ?? null;
    state.owners.set(worker, owner);
  }
  const modules = owner?.deref();
  if (!modules) return undefined;
  const describe = (of: Job): Attempt | undefined => {
    const tracking = bullMq.trackingIn(modules);
    if (!tracking?.settings.tracks(worker.name)) return undefined;
    return { job: of, queue: worker.name, failedBefore: of.attemptsMade, tracking };
  };
  const attempt = describe(job);
  if (attempt) followWorker(worker, describe);
  return attempt;
}

/** The token of a queue's options ends with the queue's name. */
const OPTIONS_TOKEN = 'BullMQQueueOptions_';

function hasRegistered(modules: ModulesContainer | undefined, worker: ProcessingWorker): boolean {
  for (const { providers } of modules?.values() ?? []) {
    for (const [token, { instance }] of providers) {
      if (typeof token !== 'string' || !token.startsWith(OPTIONS_TOKEN) || !isReference(instance)) continue;
      const options = instance as QueueOptions;
      const name = options.name ?? token.slice(OPTIONS_TOKEN.length);
      if (name === worker.name && isRunBy(worker, options)) return true;
    }
  }
  return false;
}

function isRunBy(worker: ProcessingWorker, { processors, prefix = DEFAULT_PREFIX }: QueueOptions): boolean {
  if (!Array.isArray(processors) || prefix !== (worker.opts?.prefix ?? DEFAULT_PREFIX)) return false;
  const callbacks = processors.map((given: { callback?: unknown } | string | URL | Callback) =>
    typeof given === 'object' && 'callback' in given ? given.callback : given,
  );
  // A processor that is a file runs in a child process, which the worker has.
  return callbacks.some((each) => (typeof each === 'function' ? each === worker.processFn : Boolean(worker.childPool)));
}
