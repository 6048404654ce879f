import { runBackgroundWork } from '../../capture/background-work.js';
import { handlerOf } from '../../context/handler.js';
import { runInProcessScope } from '../../context/scopes.js';
import { applicationOfExplorer, withMembers, type Explorer } from '../../hooks/explorer.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { guarded } from '../../stats/stats.js';
import { scheduledRun, scheduleKind } from './schedule-facts.js';

type Method = (...args: unknown[]) => unknown;

interface ScheduleExplorer extends Explorer {
  metadataAccessor: {
    getSchedulerType(method: unknown): unknown;
    getSchedulerName(method: unknown): string | undefined;
  };
  lookupSchedulers(instance: object, key: string): unknown;
  wrapFunctionInTryCatchBlocks(method: Method, instance: object): Method;
}

interface SchedulerRegistry {
  addCronJob(name: string, job: object): void;
  wrapFunctionInTryCatchBlocks(method: Method, job: object): Method;
}

/**
 * Hooks the classes of `@nestjs/schedule`: each run of a `@Cron`, `@Interval` or `@Timeout` method is a separate
 * execution; a job that the application adds to the registry has its own scope.
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
          addCronJob.call(isolating(this), name, job);
        },
    );
  }
}

function watching(explorer: ScheduleExplorer, instance: object, key: string): ScheduleExplorer {
  return withMembers(explorer, {
    wrapFunctionInTryCatchBlocks: (method, self) => {
      const watched = guarded('schedule-hooks', () => watchedMethod(explorer, instance, key, method));
      return explorer.wrapFunctionInTryCatchBlocks(watched ?? method, self);
    },
  });
}

function watchedMethod(explorer: ScheduleExplorer, instance: object, key: string, method: Method): Method | undefined {
  const kind = scheduleKind(explorer.metadataAccessor.getSchedulerType(method));
  if (!kind) return undefined;
  const type = instance.constructor;
  const handler = handlerOf(type, key, method);
  const scheduled = { kind, handler, name: explorer.metadataAccessor.getSchedulerName(method) };
  return function (this: unknown, ...args) {
    const run = () => method.apply(this, args);
    const application = applicationOfExplorer(explorer, 'schedule');
    return application ? runBackgroundWork(scheduledRun(scheduled, application), run) : run();
  };
}

function isolating(registry: SchedulerRegistry): SchedulerRegistry {
  return withMembers(registry, {
    wrapFunctionInTryCatchBlocks: (method, job) =>
      registry.wrapFunctionInTryCatchBlocks(function (this: unknown, ...args) {
        return runInProcessScope(() => method.apply(this, args));
      }, job),
  });
}
