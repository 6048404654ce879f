import type { Event, EventHint } from '@sentry/nestjs';
import { compileGrouping } from '../grouping/index.js';
import { countFault } from '../stats/stats.js';
import type { ResolvedInit } from '../options/resolve-init.js';

/** Sets the fingerprint of an error or a message, after its context has been added. */
export type EventRules = (event: Event, hint: EventHint) => Event;

/** @throws ConfigurationError - if a rule of `grouping` is invalid */
export function compileEventRules({ grouping }: ResolvedInit, path: string): EventRules {
  const group = compileGrouping(
    grouping,
    () => {
      countFault('grouping');
    },
    `${path}grouping`,
  );
  return (event, { originalException: error }) => {
    if (event.type !== undefined) return event;
    const thrown = event.exception?.values?.at(-1);
    event.fingerprint = group({
      error,
      event: {
        message: event.message,
        exceptionType: thrown?.type,
        exceptionValue: thrown?.value,
        transaction: event.transaction,
        handler: stringOrUndefined(event.tags?.handler),
        operation: stringOrUndefined(event.contexts?.operation?.name),
        status: event.contexts?.response?.status_code,
        statement: stringOrUndefined(event.contexts?.database?.statement),
        system: stringOrUndefined(event.contexts?.database?.system),
        existing: event.fingerprint,
      },
    });
    return event;
  };
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
