import type { Event, EventHint } from '@sentry/nestjs';
import { applicationOf } from '../../context/applications.js';
import type { Execution } from '../../context/execution.js';
import { describeDomainError } from '../../domains/describe-domain-error.js';
import { outboundCallOf } from '../../grouping/index.js';
import { trackedApplication } from '../../capture/application-registry.js';
import { linkFailedCall } from './failed-calls.js';
import { httpClient } from './http-client-partner.js';

const DOMAIN = 'externalApi';
/** A failed connection, which may be to a database as well. */
const CONNECTION = new Set(['connect', 'request']);

/**
 * Adds the failed call to the event of an error of an HTTP client, or of one that it has caused: the context
 * `externalApi` and the tags `service` and `status`. An error that was captured as `externalApi` has the context already,
 * and one of another domain the data of that domain.
 */
export function describeExternalApi(event: Event, hint: EventHint, execution: Execution): void {
  const { domain } = event.tags ?? {};
  if (domain !== undefined && domain !== DOMAIN) return;
  linkFailedCall(hint.originalException, execution);
  const known = event.contexts?.[DOMAIN];
  const context = known ?? contextOf(hint.originalException, execution);
  if (!context) return;
  const { service, status } = context;
  event.contexts = { ...event.contexts, [DOMAIN]: context };
  event.tags = { ...tags({ service, status }), ...event.tags };
}

function contextOf(error: unknown, execution: Execution): Record<string, unknown> | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if (!httpClient.trackingIn(trackedApplication(applicationOf(execution))?.modules)) return undefined;
  const context = describeDomainError(DOMAIN, error).contexts[DOMAIN];
  if (typeof context?.service !== 'string') return undefined;
  return CONNECTION.has(String(context.endpoint)) && !outboundCallOf(error) ? undefined : context;
}

function tags(values: Record<string, unknown>): Record<string, string> {
  const kept = Object.entries(values).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return Object.fromEntries(kept.map(([key, value]) => [key, String(value)]));
}
