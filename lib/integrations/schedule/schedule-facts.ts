import type { BackgroundWork } from '../../capture/background-work.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import type { Handler } from '../../context/execution.js';
import { executionContextHost } from '../../hooks/execution-context-host.js';

export type ScheduleKind = 'cron' | 'timeout' | 'interval';

/** By the number of `SchedulerType`, in the metadata of a method. */
const KINDS: readonly (ScheduleKind | undefined)[] = [undefined, 'cron', 'timeout', 'interval'];

export function scheduleKind(type: unknown): ScheduleKind | undefined {
  return KINDS[Number(type)];
}

/** What all runs of a scheduled method have in common. */
export interface ScheduledMethod {
  kind: ScheduleKind;
  handler: Handler;
  /** The name that Nest was given. */
  name?: string;
}

export function scheduledRun(
  { kind, handler, name = `${handler.controller}.${handler.method}` }: ScheduledMethod,
  { context, policyOf }: TrackedApplication,
): BackgroundWork {
  return {
    kind,
    name: `${kind} ${name}`,
    op: 'function',
    handler,
    tags: { kind },
    application: context,
    transport: 'schedule',
    mechanism: `auto.function.nestjs.${kind}`,
    policyOf,
    host: executionContextHost([], 'schedule'),
  };
}
