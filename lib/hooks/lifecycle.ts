import type { SeverityLevel } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { flushCaptured } from '../tracker/flush.js';
import type { PolicyOf } from '../capture/policy.js';
import { reportProcessFailure, withinRun } from '../capture/lifecycle-failure.js';
import { patchPrototype } from './patch-method.js';
import { wrapInstanceHooks, type ModuleLike } from './instance-hook-wrappers.js';

/** Nest's application context, with a method for each phase. */
export interface Phases extends Record<Phase, (...args: unknown[]) => unknown> {
  httpAdapter?: object;
  container: { getModules(): Map<string, ModuleLike> };
}
type Phase = 'callInitHook' | 'callBootstrapHook' | 'callDestroyHook' | 'callBeforeShutdownHook' | 'callShutdownHook';

/** Nest's method for each phase, the hook of the providers that it calls, and whether the application is starting. */
const PHASES: readonly [phase: Phase, hook: string, starts: boolean][] = [
  ['callInitHook', 'onModuleInit', true],
  ['callBootstrapHook', 'onApplicationBootstrap', true],
  ['callDestroyHook', 'onModuleDestroy', false],
  ['callBeforeShutdownHook', 'beforeApplicationShutdown', false],
  ['callShutdownHook', 'onApplicationShutdown', false],
];

const beforeInit = processWide('before-init', () => new WeakMap<object, () => void>());

/**
 * Calls back once all providers of an application are created and none is initialised.
 *
 * @param modules - Nest's `ModulesContainer`
 */
export function onBeforeInit(modules: object, callback: () => void): void {
  beforeInit.set(modules, callback);
}

/**
 * Reports failures of the providers' lifecycle hooks. At shutdown, Nest 12 logs failures and continues; Nest 11 stops
 * with the first of several. So the hook of each provider is watched while Nest calls it.
 */
export function patchLifecycle(prototype: Phases, policyOf: (adapter: object) => PolicyOf | undefined): void {
  for (const [phase, hook, starts] of PHASES) {
    patchPrototype(
      'lifecycle',
      prototype,
      phase,
      (original) =>
        function (...args) {
          if (phase === 'callInitHook') guarded('lifecycle', () => beforeInit.get(this.container.getModules())?.());
          const watch = new PhaseWatch(hook, starts ? 'fatal' : 'error', this, policyOf);
          return withinRun(() => watch.follow(() => original.apply(this, args), starts));
        },
    );
  }
}

class PhaseWatch {
  private hasFailed = false;

  constructor(
    private readonly hook: string,
    private readonly level: SeverityLevel,
    private readonly application: Phases,
    private readonly policyOf: (adapter: object) => PolicyOf | undefined,
  ) {}

  async follow(run: () => unknown, starts: boolean): Promise<unknown> {
    const restore = guarded('lifecycle', () =>
      wrapInstanceHooks(this.application.container.getModules().values(), this.hook, (error, type) => {
        this.failed(error, type);
      }),
    );
    try {
      return await run();
    } catch (error) {
      this.failed(error);
      throw error;
    } finally {
      guarded('lifecycle', () => restore?.());
      // Failures at startup are flushed by the code that started the application.
      if (this.hasFailed && !starts) await flushCaptured();
    }
  }

  private failed(error: unknown, type?: string): void {
    this.hasFailed = true;
    const { httpAdapter } = this.application;
    const handler = type ? `${type}.${this.hook}` : undefined;
    reportProcessFailure({
      error,
      name: handler ?? this.hook,
      handler,
      level: this.level,
      policy: httpAdapter && this.policyOf(httpAdapter)?.(undefined),
    });
  }
}
