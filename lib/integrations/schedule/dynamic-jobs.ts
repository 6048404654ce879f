import { runBackgroundWork } from '../../capture/background-work.js';
import { runInProcessScope } from '../../context/scopes.js';
import { withMembers } from '../../hooks/explorer.js';
import { guarded } from '../../stats/stats.js';
import { CronMonitor } from './cron-monitor.js';
import { monitorSlugsOf } from './monitor-slugs.js';
import { callbacksOf, isMounted, type CronJob } from './mounted-jobs.js';
import { scheduledRun } from './schedule-facts.js';
import { schedule } from './schedule-partner.js';

type Fire = (this: CronJob, ...args: unknown[]) => unknown;

export interface SchedulerRegistry {
  addCronJob(name: string, job: CronJob): void;
  wrapFunctionInTryCatchBlocks(fire: Fire, job: CronJob): Fire;
}

/** The `ModulesContainer` of each registry, once an explorer has met both. */
const modulesByRegistry = new WeakMap<object, object>();

export function joinRegistry(registry: object | undefined, modules: object | undefined): void {
  if (registry && modules) modulesByRegistry.set(registry, modules);
}

/** The registry, for one job: its ticks are tracked. */
export function watchingJob(registry: SchedulerRegistry, name: string): SchedulerRegistry {
  return withMembers(registry, {
    wrapFunctionInTryCatchBlocks: (fire, job) => {
      const watched = guarded('schedule-hooks', () => watchedTick(registry, name, fire, job));
      return registry.wrapFunctionInTryCatchBlocks(watched ?? fire, job);
    },
  });
}

function watchedTick(registry: SchedulerRegistry, name: string, fire: Fire, job: CronJob): Fire {
  const mounted = isMounted(job);
  let monitor: CronMonitor | undefined;
  return function (...args) {
    const tracking = trackingOf(registry);
    if (!tracking) return fire.apply(this, args);
    // The method itself is tracked.
    if (mounted) return runInProcessScope(() => fire.apply(this, args));
    // Nothing runs.
    if (job.waitForCompletion && job.isCallbackRunning) return fire.apply(this, args);
    const { application, settings } = tracking;
    const current = guarded('check-ins', () => {
      if (!settings.monitors || !application.modules || !job.cronTime) return undefined;
      const slugs = monitorSlugsOf(application.modules);
      monitor ??= new CronMonitor({ title: `the job '${name}'`, name, slugs, owner: name, isDynamic: true });
      return monitor.at(job.cronTime, settings.monitors);
    });
    const work = { ...scheduledRun({ kind: 'cron', name }, application), monitor: current };
    return tick(
      job,
      (observed) => fire.apply(observed, args),
      (run) => runBackgroundWork(work, run),
    );
  };
}

function trackingOf(registry: SchedulerRegistry): ReturnType<typeof schedule.trackingIn> {
  const modules = modulesByRegistry.get(registry);
  return modules ? schedule.trackingIn(modules) : schedule.trackingHere();
}

/**
 * Runs a tick, which handles the failures of the callbacks of its job, so that they are seen here.
 *
 * @param start - runs the tick as an execution, which lasts until all callbacks have ended
 * @returns what the tick returns
 */
function tick(job: CronJob, fire: (job: CronJob) => unknown, start: (run: () => Promise<void>) => Promise<void>) {
  const results: Promise<unknown>[] = [];
  let answer: unknown;
  const observed = withCallbacks(job, (result) => {
    result.catch(() => undefined); // the job handles it
    results.push(result);
  });
  start(async () => {
    answer = fire(observed);
    await answer;
    await Promise.all(results);
  }).catch(() => undefined);
  return answer;
}

/** The job, with callbacks whose results and failures are passed on. */
function withCallbacks(job: CronJob, onResult: (result: Promise<unknown>) => void): CronJob {
  const observed = callbacksOf(job).map(
    (callback) =>
      function (this: unknown, ...args: unknown[]): unknown {
        try {
          const result = callback.apply(this, args);
          if (result instanceof Promise) onResult(result);
          return result;
        } catch (error) {
          onResult(
            Promise.resolve().then(() => {
              throw error;
            }),
          );
          throw error;
        }
      },
  );
  // The tick also sets properties of the job.
  return new Proxy(job, {
    get: (target, key): unknown => (key === '_callbacks' && observed.length > 0 ? observed : Reflect.get(target, key)),
  });
}
