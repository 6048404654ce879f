import type { Event, EventHint } from '@sentry/nestjs';
import type { Operation } from './operation.js';
import { operationAttributes } from './operation-attributes.js';

/** What the code that captured an event has said of it by itself. */
type Given = Partial<Pick<Event, 'level' | 'tags'>>;

/** Adds the operations that led to an event, and what they say of the errors that leave them. */
export function describeOperations(event: Event, hint: EventHint, chain: Operation[]): void {
  const innermost = chain.at(-1);
  if (!innermost) return;
  event.contexts = {
    ...event.contexts,
    operation: {
      name: innermost.name,
      chain: chain.map(({ name, data }) => (data ? { name, data } : { name })),
      ...event.contexts?.operation,
    },
  };
  const given = givenTo(hint);
  const said = operationAttributes(chain, {
    error: hint.originalException,
    isException: event.exception?.values?.some(({ type }) => type !== undefined) ?? false,
    hasDomain: given.tags?.domain !== undefined,
  });
  event.tags = { ...said.defaults, ...event.tags, ...said.tags, ...given.tags };
  event.contexts = { ...said.contexts, ...event.contexts };
  if (said.level !== undefined && given.level === undefined) event.level = said.level;
  event.fingerprint ??= said.fingerprint;
}

function givenTo({ captureContext }: EventHint): Given {
  return typeof captureContext === 'object' ? (captureContext as Given) : {};
}
