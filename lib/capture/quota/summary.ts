import { captureEvent, captureException, getCurrentScope, withScope, type Event } from '@sentry/nestjs';
import { runInProcessScope } from '../../context/scopes.js';
import { guarded } from '../../stats/stats.js';
import { DISTINCT_LIMIT, type ThrottleSummary } from '../../sampling/index.js';
import { safeError } from '../safe-error.js';
import type { CaptureContext } from '../capture-context.js';
import { clearSdkMark } from '../sdk-mark.js';
import { quotaChecked } from '../capture-candidate.js';

/** The first suppressed event of a group: the summary is built from it, so that it is added to the same group. */
export interface Example {
  error: unknown;
  isMessage?: boolean;
  event?: Event;
  transaction?: string;
  tags: Record<string, unknown>;
  level: string;
  fingerprint?: string[];
  stackHolder?: Error;
}

/** Sends an event with the number of suppressed events of a group. */
export function sendSummary(summary: ThrottleSummary): void {
  guarded('quota', () => {
    runInProcessScope(() => {
      withScope((scope) => {
        const example = summary.example as Example | undefined;
        if (example?.transaction) scope.setTransactionName(example.transaction);
        const context = contextOf(summary, example);
        if (!example) {
          capture(`Events of ${counted(summary.groups)} groups were left out`, context);
        } else if (example.event) {
          captureEvent({ ...builtOf(example.event), ...(context as Event) }, quotaChecked({}));
        } else if (example.isMessage) {
          capture(String(example.error), context, example.stackHolder);
        } else {
          const { error } = example;
          const safe = safeError(error);
          clearSdkMark(safe);
          scope.addEventProcessor((event) => ({ ...event, message: textOf(summary) }));
          captureException(
            safe,
            quotaChecked({ mechanism: { type: 'throttle', handled: true }, captureContext: context as never }),
          );
        }
      });
    });
  });
}

function capture(message: string, context: CaptureContext, syntheticException?: Error): void {
  const hint = quotaChecked({ captureContext: context as never, syntheticException });
  getCurrentScope().captureMessage(message, context.level, hint);
}

function builtOf({ message, exception, logger, platform }: Event): Event {
  return { message, exception, logger, platform };
}

function contextOf(summary: ThrottleSummary, example: Example | undefined): CaptureContext {
  const { count, overCeiling, since, until, users, routes, groups } = summary;
  return {
    level: (example?.level as CaptureContext['level']) ?? 'warning',
    tags: { ...(example?.tags as CaptureContext['tags']), throttle: 'summary' },
    fingerprint: example ? example.fingerprint : ['throttle', 'summary'],
    contexts: {
      throttle: {
        summary: textOf(summary),
        left_out: count,
        over_ceiling: overCeiling,
        since: new Date(since).toISOString(),
        until: new Date(until).toISOString(),
        users,
        routes,
        groups,
      },
    },
  };
}

function textOf({ count, since, until, users, routes, groups }: ThrottleSummary): string {
  const events =
    groups === 1
      ? count === 1
        ? 'event of this group was'
        : 'events of this group were'
      : `events of ${counted(groups)} groups were`;
  const concerned = [users && plural(users, 'user'), routes && plural(routes, 'route')].filter(Boolean).join(', ');
  const between = `between ${new Date(since).toISOString()} and ${new Date(until).toISOString()}`;
  return `${count} more ${events} left out ${between}${concerned && ` (${concerned})`}`;
}

function plural(number: number, noun: string): string {
  return `${counted(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Distinct values are counted up to a limit. */
function counted(distinct: number): string {
  return distinct === DISTINCT_LIMIT ? `at least ${distinct}` : `${distinct}`;
}
