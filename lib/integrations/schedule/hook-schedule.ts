import { runBackgroundWork } from '../../capture/background-work.js';
import { handlerName, handlerOf } from '../../context/handler.js';
import { modulesOf, withMembers, type Explorer } from '../../hooks/explorer.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { guarded } from '../../stats/stats.js';
import { joinRegistry, watchingJob, type SchedulerRegistry } from './dynamic-jobs.js';
import { MethodMonitor, warnOfIdleMonitor, type CronMetadata } from './method-monitor.js';
import { noteCallback } from './mounted-jobs.js';
import { schedule } from './schedule-partner.js';
import { scheduledRun, scheduleKind } from './schedule-facts.js';

type Method = (...args: unknown[]) => unknown;

interface ScheduleExplorer extends Explorer {
  schedulerOrchestrator?: { schedulerRegistry?: object };
  metadataAccessor: {
    getSchedulerType(method: unknown): unknown;
    getSchedulerName(method: unknown): string | undefined;
    getCronMetadata(method: unknown): CronMetadata | undefined;
  };
  lookupSchedulers(instance: object, key: string): unknown;
  wrapFunctionInTryCatchBlocks(method: Method, instance: object): Method;
}

/**
 * Hooks the classes of `@nestjs/schedule`: each run of a `@Cron`, `@Interval` or `@Timeout` method, and of a job that
 * the application adds to the registry, is a separate execution; runs of cron jobs check in at their monitor.
 */
export function hookSchedule(prototype: object): void {
  if ('lookupSchedulers' in prototype) {
    patchPrototype(
      'schedule',
      definedBy<ScheduleExplorer>(prototype, 'lookupSchedulers'),
      'lookupSchedulers',
      (lookupSchedulers) =>
        function (instance, key) {
          return lookupSchedulers.call(watching(this, instance, key), instance, key);
        },
    );
  }
  if ('addCronJob' in prototype) {
    patchPrototype(
      'schedule',
      definedBy<SchedulerRegistry>(prototype, 'addCronJob'),
      'addCronJob',
      (addCronJob) =>
        function (name, job) {
          addCronJob.call(watchingJob(this, name), name, job);
        },
    );
  }
}

function watching(explorer: ScheduleExplorer, instance: object, key: string): ScheduleExplorer {
  joinRegistry(explorer.schedulerOrchestrator?.schedulerRegistry, modulesOf(explorer));
  return withMembers(explorer, {
    wrapFunctionInTryCatchBlocks: (method, self) => {
      const watched = guarded('schedule-hooks', () => watchedMethod(explorer, instance, key, method));
      const callback = explorer.wrapFunctionInTryCatchBlocks(watched?.run ?? method, self);
      if (watched?.monitor) noteCallback(callback, watched.monitor);
      return callback;
    },
  });
}

interface Watched {
  run: Method;
  monitor: MethodMonitor | undefined;
}

function watchedMethod(explorer: ScheduleExplorer, instance: object, key: string, method: Method): Watched | undefined {
  const { metadataAccessor } = explorer;
  const kind = scheduleKind(metadataAccessor.getSchedulerType(method));
  if (!kind) return undefined;
  const handler = handlerOf(instance.constructor, key, method);
  const name = metadataAccessor.getSchedulerName(method)?.trim() || handlerName(handler);
  const modules = modulesOf(explorer);
  const job = { instance, kind, name, handler, modules };
  const cron = kind === 'cron' ? metadataAccessor.getCronMetadata(method) : undefined;
  const monitor = cron && guarded('check-ins', () => new MethodMonitor(job, cron));
  if (kind !== 'cron') warnOfIdleMonitor(job);
  return {
    monitor,
    run(this: unknown, ...args) {
      const run = () => method.apply(this, args);
      const tracking = schedule.trackingIn(modules);
      if (!tracking) return run();
      const { application, settings } = tracking;
      const current = guarded('check-ins', () => monitor?.current(settings));
      return runBackgroundWork({ ...scheduledRun(job, application), monitor: current }, run);
    },
  };
}
