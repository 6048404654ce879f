import { isInboxDsn } from '../../options/dsn.js';
import { eventUrl, inboxUrl, traceUrl } from '../../options/event-links.js';
import type { SentItem } from './test-transport.js';

const SAAS = /(^|\.)sentry\.io$/;
/** Where Sentry sends the browser to the organization of whoever is logged in. */
const OWN_ORGANIZATION = 'https://sentry.io/orgredirect/organizations/:orgslug';

/**
 * The page of an item; undefined if there is none, or if nothing tells the organization of a self-hosted Sentry.
 *
 * @param variables - `SENTRY_ORG` and `SENTRY_URL`, as for `sentry-cli`
 */
export function linkOf(
  { item, id, trace }: SentItem,
  dsn: string,
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const isEvent = item === 'event';
  const traceId = item === 'transaction' || item === 'span' ? trace : undefined;
  if (isInboxDsn(dsn)) {
    if (isEvent) return inboxUrl(dsn, 'event', id);
    return traceId && inboxUrl(dsn, 'trace', traceId);
  }
  const organization = organizationUrl(dsn, variables);
  if (organization === undefined) return undefined;
  if (isEvent) return eventUrl(organization, dsn, id);
  return traceId && traceUrl(organization, traceId);
}

function organizationUrl(dsn: string, variables: Readonly<Record<string, string | undefined>>): string | undefined {
  const { protocol, host, hostname, pathname } = new URL(dsn);
  const isSaas = SAAS.test(hostname);
  const organization = variables.SENTRY_ORG?.trim();
  if (!organization) return isSaas ? OWN_ORGANIZATION : undefined;
  const address = variables.SENTRY_URL?.trim();
  // The project is the last part of the path, the others are a prefix of the installation.
  const own = isSaas ? 'https://sentry.io' : `${protocol}//${host}${pathname.replace(/\/[^/]*$/, '')}`;
  const base = (address && URL.canParse(address) ? address : own).replace(/\/+$/, '');
  return `${base}/organizations/${encodeURIComponent(organization)}`;
}
