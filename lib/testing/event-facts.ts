import type { Event } from '@sentry/nestjs';

/** What {@link EventMatch} compares, by the same names. */
export interface EventFacts {
  type: string | undefined;
  message: string | undefined;
  transaction: string | undefined;
  level: string;
  user: object | undefined;
  tag: Record<string, string>;
  fingerprint: string[] | undefined;
}

export function factsOf(event: Event): EventFacts {
  // The last one is the error that was captured, those before it are its causes.
  const thrown = event.exception?.values?.at(-1);
  const { tags = {}, transaction, level = 'error', user, fingerprint } = event;
  return {
    type: thrown?.type,
    message: thrown?.value ?? messageOf(event),
    transaction,
    level,
    user,
    tag: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)])),
    fingerprint,
  };
}

function messageOf({ message, logentry }: Event): string | undefined {
  return message ?? logentry?.message;
}

/** One line: `TypeError: x is not a function, in GET /orders/:id`. */
export function titleOf(event: Event): string {
  const { type, message, transaction, level } = factsOf(event);
  const place = transaction === undefined ? '' : `, in ${transaction}`;
  return `${type ?? `message (${level})`}: ${message ?? ''}${place}`;
}
