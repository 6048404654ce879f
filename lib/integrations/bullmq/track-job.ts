import { handlerOf } from '../../context/handler.js';
import { copyFunctionMetadata } from '../../operations/copy-function-metadata.js';
import { replaceMethod } from '../../operations/replace-method.js';
import { refuseBareDecorator } from '../../options/bare-decorator.js';
import { guarded } from '../../stats/stats.js';
import type { Attempt } from './attempt.js';
import { bullMqShape, type BullMqOptions } from './bullmq-options.js';
import { bullMq } from './bullmq-partner.js';
import { ownSettings, setOwnOptions, type OwnJobOptions } from './own-settings.js';
import type { Job } from './job.js';
import { runJob } from './run-job.js';
import { followWorker, hasBegun, type Worker } from './worker-failures.js';

/** A job of a worker: BullMQ keeps the worker as its queue. */
type JobOfWorker = Job & { readonly queue?: Partial<Worker> };

/**
 * Tracks a method that processes the jobs of a worker which Nest does not know, as if it were the `process` of a
 * `@Processor`. Its first argument is the job:
 *
 * ```ts
 * import { type Job, Worker } from 'bullmq';
 * import { TrackJob } from 'nestjs-error-tracker/bullmq';
 *
 * @Injectable()
 * export class ReportsWorker {
 *   private readonly worker = new Worker('reports', (job) => this.run(job), { connection: { host: 'redis' } });
 *
 *   @TrackJob({ slowerThan: '30s' })
 *   async run(job: Job<{ month: string }>): Promise<void> {}
 * }
 * ```
 *
 * On the `process` of a `@Processor`, it only sets options.
 *
 * @param options - take precedence over those of `SentryBullMqModule`
 * @throws ConfigurationError - on an accessor or a property, without parentheses, and if an option is invalid
 */
export function TrackJob(options?: BullMqOptions): MethodDecorator;
export function TrackJob(options: BullMqOptions = {}, ...bare: unknown[]): MethodDecorator {
  refuseBareDecorator('@TrackJob()', [options, ...bare]);
  return (target, key, descriptor) =>
    replaceMethod('@TrackJob', target, key, descriptor, (original, name) => {
      bullMqShape(options, `@TrackJob on ${name}`);
      const handler = handlerOf(target.constructor, String(key), original);
      const own = setOwnOptions(target, key, options);
      return copyFunctionMetadata(original, function (...args) {
        const run = () => Reflect.apply(original, this, args);
        const attempt = guarded('bullmq-hooks', () => attemptAt(args[0], handler, own));
        return attempt ? runJob(attempt, args, run) : run();
      });
    });
}

/** @returns undefined if it is not tracked, or tracked already */
function attemptAt(value: unknown, handler: Attempt['handler'], own: OwnJobOptions): Attempt | undefined {
  const job = value as JobOfWorker | null | undefined;
  if (typeof job?.queueName !== 'string' || hasBegun(job)) return undefined;
  const describe = (of: Job): Attempt | undefined => {
    const tracking = ownSettings(bullMq.trackingHere(), own);
    if (!tracking?.settings.tracks(of.queueName)) return undefined;
    return { job: of, queue: of.queueName, failedBefore: of.attemptsMade, handler, tracking };
  };
  const attempt = describe(job);
  const worker = job.queue;
  if (attempt && typeof worker?.on === 'function') followWorker(worker as Worker, describe);
  return attempt;
}
