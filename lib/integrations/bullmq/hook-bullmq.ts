import { keepContext } from '../../process-state/context-runner.js';
import { runBackgroundWork } from '../../capture/background-work.js';
import type { Handler } from '../../context/execution.js';
import { handlerOf } from '../../context/handler.js';
import { runInProcessScope } from '../../context/scopes.js';
import { applicationOfExplorer, withMembers, type Explorer } from '../../hooks/explorer.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { guarded } from '../../stats/stats.js';
import { isControlFlow, isLastAttempt, jobAttempt, type Job } from './job-facts.js';

type Method = (...args: unknown[]) => unknown;
interface Processor {
  process?: Method;
  worker: { on(event: 'failed', listener: (job: Job | undefined) => void): unknown };
}
interface Wrapper {
  instance: Record<string, Method>;
}

interface BullExplorer extends Explorer {
  processorDecoratorService: { decorate(processor: Method): Method };
  handleProcessor(instance: Processor, queue: string, ...rest: unknown[]): void;
  handleWorkerEvents(key: string, wrapper: Wrapper, ...rest: unknown[]): void;
  handleQueueEvents(key: string, wrapper: Wrapper, ...rest: unknown[]): void;
}

/** Hooks `@nestjs/bullmq`: each attempt at a job is a separate execution, and each listener has its own scope. */
export function hookBullMq(prototype: object): void {
  if (!('handleProcessor' in prototype) || !('handleWorkerEvents' in prototype)) return;
  patchPrototype(
    'bullmq',
    definedBy<BullExplorer>(prototype, 'handleProcessor'),
    'handleProcessor',
    (handle) =>
      function (instance, queue, ...rest) {
        const reports = new DeferredReports();
        handle.call(watching(this, instance, queue, reports), instance, queue, ...rest);
        guarded('bullmq-hooks', () => {
          reports.follow(instance);
        });
      },
  );
  for (const method of ['handleWorkerEvents', 'handleQueueEvents'] as const) {
    patchPrototype(
      'bullmq',
      definedBy<BullExplorer>(prototype, method),
      method,
      (handle) =>
        function (key, wrapper, ...rest) {
          handle.call(this, key, guarded('bullmq-hooks', () => isolating(key, wrapper)) ?? wrapper, ...rest);
        },
    );
  }
}

/** Failures after which a retry is expected. Reported if BullMQ emits `failed` for a finished job instead. */
class DeferredReports {
  private readonly byJob = new WeakMap<Job, () => void>();

  add(job: Job, report: () => void): void {
    const inside = keepContext('job');
    this.byJob.set(job, () => {
      inside(report);
    });
  }

  follow({ worker }: Processor): void {
    worker.on('failed', (job) => {
      if (job?.finishedOn) this.byJob.get(job)?.();
    });
  }
}

/** Wraps the result of the application's `ProcessorDecoratorService`, so that failures are observed as BullMQ does. */
function watching(explorer: BullExplorer, instance: Processor, queue: string, reports: DeferredReports): BullExplorer {
  const type = instance.constructor;
  const handler = handlerOf(type, 'process', instance.process);
  const decorating = explorer.processorDecoratorService;
  return withMembers(explorer, {
    processorDecoratorService: {
      decorate: (processor) => watched(explorer, queue, handler, decorating.decorate(processor), reports),
    },
  });
}

function watched(
  explorer: BullExplorer,
  queue: string,
  handler: Handler,
  processor: Method,
  reports: DeferredReports,
): Method {
  const process: Method = (...args) => {
    const application = applicationOfExplorer(explorer, 'bullmq');
    const attempt = application && guarded('bullmq-hooks', () => jobAttempt(queue, args, handler, application));
    if (!attempt) return processor(...args);
    const job = args[0] as Job;
    const onFailure = (error: unknown, report: () => void) => {
      if (isControlFlow(error)) return;
      if (isLastAttempt(job, error)) report();
      else reports.add(job, report);
    };
    return runBackgroundWork({ ...attempt, onFailure }, () => processor(...args));
  };
  // BullMQ checks the number of parameters: a processor with three receives an abort signal.
  return Object.defineProperty(process, 'length', { value: processor.length });
}

function isolating(key: string, wrapper: Wrapper): Wrapper {
  const { instance } = wrapper;
  const listener = instance[key];
  if (!listener) return wrapper;
  const isolated: Method = (...args) => runInProcessScope(() => listener.apply(instance, args));
  return withMembers(wrapper, { instance: withMembers(instance, { [key]: isolated }) });
}
