import { handlerOf } from '../../context/handler.js';
import { runInProcessScope } from '../../context/scopes.js';
import { withMembers, type Explorer } from '../../hooks/explorer.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy, type ModulesContainer } from '../../hooks/provider-prototypes.js';
import { guarded } from '../../stats/stats.js';
import type { Attempt } from './attempt.js';
import { bullMq } from './bullmq-partner.js';
import type { Job } from './job.js';
import { hookProducers, type WorkerClass } from './publish.js';
import { hookQueueProcessors } from './queue-processors.js';
import { runJob } from './run-job.js';
import { ownOptionsOf, ownSettings } from './own-settings.js';
import { followWorker, type Worker } from './worker-failures.js';

type Method = (...args: unknown[]) => unknown;
interface Processor {
  process?: Method;
  worker: Worker;
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

/**
 * Hooks `@nestjs/bullmq`: each attempt at a job is a separate execution, each listener has its own scope, and a job
 * carries the trace of the code that adds it.
 *
 * @param prototype - the prototype of a provider; nothing happens if it is not that of the `BullExplorer`
 */
export function hookBullMq(prototype: object, modules: ModulesContainer): void {
  if (!('handleProcessor' in prototype) || !('handleWorkerEvents' in prototype)) return;
  patchPrototype(
    'bullmq',
    definedBy<BullExplorer>(prototype, 'handleProcessor'),
    'handleProcessor',
    (handle) =>
      function (instance, queue, ...rest) {
        const describe = describing(this, instance, queue);
        handle.call(watching(this, describe), instance, queue, ...rest);
        guarded('bullmq-hooks', () => {
          followWorker(instance.worker, describe);
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
          handle.call(this, key, guarded('bullmq-hooks', () => isolating(this, key, wrapper)) ?? wrapper, ...rest);
        },
    );
  }
  guarded('bullmq-hooks', () => {
    const workers = (prototype.constructor as { _workerClass?: WorkerClass })._workerClass;
    hookProducers(workers);
    hookQueueProcessors(workers, modules);
  });
}

type Describe = (job: Job) => Attempt | undefined;

/** Describes the attempts of one processor; undefined if they are not tracked. */
function describing(explorer: BullExplorer, processor: Processor, queue: string): Describe {
  const handler = handlerOf(processor.constructor, 'process', processor.process);
  const own = guarded('bullmq-hooks', () => ownOptionsOf(processor, 'process'));
  return (job) => {
    const tracking = ownSettings(bullMq.trackingIn(modulesOf(explorer)), own);
    if (!tracking?.settings.tracks(queue)) return undefined;
    return { job, queue, failedBefore: job.attemptsMade, handler, tracking };
  };
}

/** Wraps the result of the application's `ProcessorDecoratorService`, so that failures are observed as BullMQ does. */
function watching(explorer: BullExplorer, describe: Describe): BullExplorer {
  const decorating = explorer.processorDecoratorService;
  return withMembers(explorer, {
    processorDecoratorService: {
      decorate: (processor) => watched(decorating.decorate(processor), describe),
    },
  });
}

function watched(processor: Method, describe: Describe): Method {
  const process: Method = (...args) => {
    const attempt = guarded('bullmq-hooks', () => describe(args[0] as Job));
    return attempt ? runJob(attempt, args, () => processor(...args)) : processor(...args);
  };
  // BullMQ checks the number of parameters: a processor with three receives an abort signal.
  return Object.defineProperty(process, 'length', { value: processor.length });
}

function isolating(explorer: BullExplorer, key: string, wrapper: Wrapper): Wrapper {
  const { instance } = wrapper;
  const listener = instance[key];
  if (!listener) return wrapper;
  const isolated: Method = (...args) => {
    const call = () => listener.apply(instance, args);
    return bullMq.trackingIn(modulesOf(explorer)) ? runInProcessScope(call) : call();
  };
  return withMembers(wrapper, { instance: withMembers(instance, { [key]: isolated }) });
}

function modulesOf({ discoveryService }: Explorer): object | undefined {
  return discoveryService?.modulesContainer;
}
