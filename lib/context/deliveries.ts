import type { Event } from '@sentry/nestjs';
import { describeDomainError, notificationFacts } from '../domains/index.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import type { Execution } from './execution.js';

/** What is known about a notification: provider, template, recipient as a pseudonym. Never its text. */
export type DeliveryFacts = Record<string, unknown> & { provider: string };

const failed = processWide('failed-deliveries', () => ({
  byError: new WeakMap<object, DeliveryFacts>(),
  last: new WeakMap<Execution, DeliveryFacts>(),
}));

/**
 * Keeps what is known about a delivery for the event of its failure, whose error seldom tells.
 *
 * @param error - undefined if the provider's library throws it later
 */
export function rememberFailedDelivery(execution: Execution, facts: DeliveryFacts, error: unknown): void {
  if (typeof error === 'object' && error !== null) failed.byError.set(error, facts);
  else if (execution.kind !== 'process') failed.last.set(execution, facts);
}

/** Describes an event whose error is that of a mail, text message or push service, unless it has another domain. */
export function describeDelivery(event: Event, error: unknown, execution: Execution): void {
  if (event.type !== undefined || typeof error !== 'object' || error === null) return;
  const domain = event.tags?.domain;
  if (domain !== undefined && domain !== 'notification') return;
  const known = failed.byError.get(error);
  const found = known ?? guarded('domain-facts', () => notificationFacts(error));
  if (!found && domain === undefined) return;
  const last = failed.last.get(execution);
  const facts = known ?? (last && (found?.provider ?? last.provider) === last.provider ? last : undefined);
  const given = event.contexts?.notification;
  const description = describeDomainError('notification', error, { ...facts, ...given });
  event.tags = { ...description.tags, ...event.tags };
  event.contexts = { ...event.contexts, ...description.contexts };
  event.fingerprint ??= description.fingerprint;
}
