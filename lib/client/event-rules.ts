import type { Event, EventHint } from '@sentry/nestjs';
import { compileGrouping } from '../grouping/index.js';
import { countFault, ledger } from '../ledger/ledger.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { compileErrorSampler, share } from '../sampling/index.js';

/** Decides what becomes of an error or a message that has been described: its group, and whether it is sent. */
export type EventRules = (event: Event, hint: EventHint) => Event | null;

/** @throws ConfigurationError - where a rule of `grouping` or of `sampling.errors` cannot be used */
export function compileEventRules({ grouping, sampling }: ResolvedInit): EventRules {
  const group = compileGrouping(grouping, () => {
    countFault('grouping');
  });
  const rateOf = compileErrorSampler(sampling?.errors, () => {
    countFault('sampling');
  });
  return (event, { originalException: error }) => {
    if (event.type !== undefined) return event;
    const thrown = event.exception?.values?.at(-1);
    const unhandled = thrown?.mechanism?.handled === false;
    const critical = event.tags?.critical === 'true';
    if (!critical && !share(rateOf({ error, level: event.level, unhandled }), Math.random)) {
      ledger.capture.sampledOut++;
      return null;
    }
    event.fingerprint = group({
      error,
      event: {
        message: event.message,
        exceptionType: thrown?.type,
        exceptionValue: thrown?.value,
        transaction: event.transaction,
        handler: textOf(event.tags?.handler),
        status: event.contexts?.response?.status_code,
        existing: event.fingerprint,
      },
    });
    return event;
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
