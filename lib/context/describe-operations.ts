import type { Event, EventHint } from '@sentry/nestjs';
import type { Operation } from './operation.js';
import { operationAttributes } from './operation-attributes.js';

/** Values that the capturing code specified itself; they take precedence. */
type CaptureOverrides = Partial<Pick<Event, 'level' | 'tags'>>;

/** Adds the operations that led to an event, and the attributes that they define for their errors. */
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
  const overrides = overridesOf(hint);
  const attributes = operationAttributes(chain, {
    error: hint.originalException,
    isException: event.exception?.values?.some(({ type }) => type !== undefined) ?? false,
    hasDomain: overrides.tags?.domain !== undefined,
  });
  event.tags = { ...attributes.defaults, ...event.tags, ...attributes.tags, ...overrides.tags };
  event.contexts = { ...attributes.contexts, ...event.contexts };
  if (attributes.level !== undefined && overrides.level === undefined) event.level = attributes.level;
  event.fingerprint ??= attributes.fingerprint;
}

function overridesOf({ captureContext }: EventHint): CaptureOverrides {
  return typeof captureContext === 'object' ? (captureContext as CaptureOverrides) : {};
}
