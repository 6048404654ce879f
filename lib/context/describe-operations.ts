import type { Event, EventHint } from '@sentry/nestjs';
import { describeDomainError } from '../domains/index.js';
import type { Operation, OperationMarks } from './operation.js';

/** What the code that captured an event has said of it by itself. */
type Given = Partial<Pick<Event, 'level' | 'fingerprint' | 'tags'>>;

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
  for (const { marks } of chain) if (marks) event.tags = { ...event.tags, ...marks.tags };
  event.tags = { ...event.tags, ...given.tags };
  if (given.tags?.domain === undefined) describeDomain(event, hint, chain, given);
}

/** Of each fact, that of the innermost operation that says something of it: a domain says all of them. */
function describeDomain(event: Event, { originalException: error }: EventHint, chain: Operation[], given: Given): void {
  const of = (...said: (keyof OperationMarks)[]) =>
    chain.findLast(({ marks }) => marks && said.some((fact) => marks[fact] !== undefined));
  const owner = of('domain');
  const domain = owner?.marks?.domain;
  if (!isException(event)) {
    if (domain !== undefined) event.tags = { ...event.tags, domain };
    return;
  }
  const described = domain === undefined ? undefined : describeDomainError(domain, error, owner?.data);
  event.tags = { ...described?.tags, ...event.tags, ...(domain !== undefined && { domain }) };
  event.contexts = { ...described?.contexts, ...event.contexts };
  const level = of('domain', 'level')?.marks?.level ?? described?.level;
  if (level !== undefined && given.level === undefined) event.level = level;
  event.fingerprint ??= of('domain', 'fingerprint')?.marks?.fingerprint ?? described?.fingerprint;
}

function givenTo({ captureContext }: EventHint): Given {
  return typeof captureContext === 'object' ? (captureContext as Given) : {};
}

function isException(event: Event): boolean {
  return event.exception?.values?.some(({ type }) => type !== undefined) ?? false;
}
