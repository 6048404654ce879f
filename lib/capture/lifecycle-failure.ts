import { withScope, type SeverityLevel } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { guarded, stats } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import type { CapturePolicy } from './policy.js';
import { report } from './report.js';

/** One start or stop of an application, including everything it calls. */
interface Run {
  /** The errors of this run: the same failure passes several hooks, with a flush in between. */
  readonly values: Set<unknown>;
}

const runs = processWide('application-runs', () => new AsyncLocalStorage<Run>());

export function withinRun<T>(work: () => T): T {
  return runs.getStore() ? work() : runs.run({ values: new Set() }, work);
}

export interface ProcessFailure {
  error: unknown;
  /** Where it failed: `bootstrap`, `CatsService.onModuleInit`. */
  name: string;
  handler?: string;
  level: SeverityLevel;
  policy?: CapturePolicy;
}

/** Reports a failure of the application itself, outside of its requests. */
export function reportProcessFailure({ error, name, handler, level, policy }: ProcessFailure): void {
  guarded('process-failure', () => {
    if (policy?.ignores(error, undefined)) {
      stats.capture.ignored++;
      return;
    }
    const values = runs.getStore()?.values;
    if (values?.has(error)) return;
    values?.add(error);
    withScope((scope) => {
      scope.setTransactionName(name);
      const mechanism = { type: 'auto.lifecycle.nestjs', handled: false, fatal: true };
      report(error, mechanism, { level, tags: handler ? { handler } : {} });
    });
  });
}
