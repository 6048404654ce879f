import type { Event } from '@sentry/nestjs';
import { describeDomainError, firstInCauses, notificationFacts, withoutRecipients } from '../domains/index.js';
import { readText } from '../grouping/index.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import type { Execution } from './execution.js';
import { noteFailedMessage } from './failed-messages.js';

/** What is known about a notification: provider, template, recipient as a pseudonym. Never its text. */
export type DeliveryFacts = Record<string, unknown> & { provider: string };

interface FailedDelivery {
  readonly facts: DeliveryFacts;
  readonly clean: (text: string) => string;
}

const failed = processWide('failed-deliveries', () => ({
  byError: new WeakMap<object, FailedDelivery>(),
  last: new WeakMap<Execution, FailedDelivery>(),
}));

/** The texts of an error of a provider: the message, and the answer of the server. */
const TEXTS = ['message', 'response'];

/**
 * Keeps what is known about a delivery for the event of its failure, whose error seldom tells.
 *
 * @param error - or its message, or undefined, if the provider's library throws it later
 * @param clean - removes recipients from what the provider says
 */
export function rememberFailedDelivery(
  execution: Execution,
  facts: DeliveryFacts,
  error: unknown,
  clean: (text: string) => string,
): void {
  if (typeof error === 'object' && error !== null) failed.byError.set(error, { facts, clean });
  else if (execution.kind !== 'process') failed.last.set(execution, { facts, clean });
  noteTexts(execution, typeof error === 'string' ? { message: error } : error, clean);
}

function noteTexts(execution: Execution, error: unknown, clean: (text: string) => string): void {
  for (const key of TEXTS) {
    const message = readText(error, key);
    if (message) noteFailedMessage(execution, { message, clean: () => clean(message) });
  }
}

/** Describes an event whose error is that of a mail, text message or push service, unless it has another domain. */
export function describeDelivery(event: Event, error: unknown, execution: Execution): void {
  if (event.type !== undefined || typeof error !== 'object' || error === null) return;
  const domain = event.tags?.domain;
  if (domain !== undefined && domain !== 'notification') return;
  const known = failed.byError.get(error);
  const found = known?.facts ?? guarded('domain-facts', () => notificationFacts(error));
  if (!found && domain === undefined) return;
  const last = failed.last.get(execution);
  const isOfLast = last && (found?.provider ?? last.facts.provider) === last.facts.provider;
  const delivery = known ?? (isOfLast ? last : undefined);
  if (!known && found) {
    firstInCauses(error, (link) => {
      noteTexts(execution, link, delivery?.clean ?? withoutRecipients);
    });
  }
  const given = event.contexts?.notification;
  const description = describeDomainError('notification', error, { ...delivery?.facts, ...given });
  event.tags = { ...description.tags, ...event.tags };
  event.contexts = { ...event.contexts, ...description.contexts };
  event.fingerprint ??= description.fingerprint;
}
