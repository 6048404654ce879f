import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import type { Duration } from '../../options/duration.js';
import { checkChannel, checkedLater, secretText } from './channel-options.js';
import { channelUrl } from './channel-url.js';
import { sendRequest } from './http-request.js';
import { linkText, oneLine } from './wording.js';

/** Options of {@link pagerDuty}. */
export interface PagerDutyOptions {
  /** The integration key of a service, or the key of an event orchestration. */
  routingKey: string;
  /** Default: `https://events.pagerduty.com/v2/enqueue`; the EU region has its own. */
  url?: string | undefined;
  /** How long notifications are collected before they are sent, each by itself. Default: `1s`. */
  digest?: Duration | false | undefined;
}

const ENQUEUE = 'https://events.pagerduty.com/v2/enqueue';
/** PagerDuty's limit. */
const MAX_SUMMARY = 1_024;
const RUNNING: readonly AlertNotification['kind'][] = ['fired', 'ongoing', 'escalated', 'test'];

/**
 * Opens, acknowledges and resolves incidents of PagerDuty through its Events API v2. The key of an incident is the id of
 * the alert. A test opens an incident and resolves it.
 *
 * @see https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
 * @throws ConfigurationError - if an option is missing, unknown or has a wrong value
 * @example
 * ```ts
 * import { pagerDuty } from 'nestjs-error-tracker/alerts';
 *
 * pagerDuty({ routingKey: process.env.PAGER_KEY! });
 * ```
 */
export function pagerDuty(options: PagerDutyOptions): AlertChannel {
  checkChannel('pagerDuty', options, { routingKey: secretText, url: checkedLater }, ['routingKey']);
  const url = channelUrl(options.url ?? ENQUEUE, 'pagerDuty.url', ENQUEUE);
  const { routingKey } = options;
  const enqueue = async (event: object, signal: AbortSignal) => {
    await sendRequest({ url, body: { routing_key: routingKey, ...event }, signal });
  };
  return {
    digest: options.digest,
    singly: true,
    async send(notification, signal) {
      await enqueue(eventOf(notification), signal);
      if (notification.kind === 'test') await enqueue({ event_action: 'resolve', dedup_key: notification.id }, signal);
    },
  };
}

function eventOf(notification: AlertNotification): object {
  const { id, kind, title, message, severity, environment, release, rule, tags, url } = notification;
  const action = kind === 'acknowledged' ? 'acknowledge' : RUNNING.includes(kind) ? 'trigger' : 'resolve';
  if (action !== 'trigger') return { event_action: action, dedup_key: id };
  const { count, users, firstSeen, lastSeen } = notification;
  return {
    event_action: action,
    dedup_key: id,
    client: 'nestjs-error-tracker',
    ...(url !== undefined && { client_url: url, links: [{ href: url, text: linkText(notification) }] }),
    payload: {
      summary: oneLine(kind === 'test' ? `Test: ${title}` : title, MAX_SUMMARY),
      source: environment,
      severity,
      timestamp: lastSeen,
      component: rule,
      custom_details: { message, count, users, firstSeen, lastSeen, environment, release, tags },
    },
  };
}
