import type { BackgroundWork } from '../../capture/background-work.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import type { Handler } from '../../context/execution.js';
import { executionContextHost } from '../../hooks/execution-context-host.js';

export type ScheduleKind = 'cron' | 'timeout' | 'interval';

/** The kinds, by the `SchedulerType` number in the metadata of a method. */
const KINDS: readonly (ScheduleKind | undefined)[] = [undefined, 'cron', 'timeout', 'interval'];

export function scheduleKind(type: unknown): ScheduleKind | undefined {
  return KINDS[Number(type)];
}

/** The properties that all runs of a scheduled method, or of a job of the `SchedulerRegistry`, share. */
export interface Scheduled {
  kind: ScheduleKind;
  /** The name given to Nest, otherwise `Class.method`. */
  name: string;
  /** Nest knows no handler of a job that was added to the registry. */
  handler?: Handler;
}

export function scheduledRun(
  { kind, handler, name }: Scheduled,
  { context, policyOf }: TrackedApplication,
): BackgroundWork {
  return {
    kind,
    name: `${kind} ${name}`,
    op: 'function',
    handler,
    job: { name },
    tags: { kind },
    application: context,
    transport: 'schedule',
    mechanism: `auto.function.nestjs.${kind}`,
    policyOf,
    host: executionContextHost([], 'schedule'),
  };
}
