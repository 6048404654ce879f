/** The page of an event or a trace in an inbox. */
export function inboxUrl(dsn: string, page: 'event' | 'trace' | 'item', id: string): string {
  return `${new URL(dsn).origin}/#/${page}/${id}`;
}

/**
 * The page of an event in Sentry, which finds the issue of an event by the id of the event.
 *
 * @param organizationUrl - `https://acme.sentry.io`, `https://sentry.example/organizations/acme`
 * @param dsn - of the project; undefined to search in all
 */
export function eventUrl(organizationUrl: string, dsn: string | undefined, eventId: string): string {
  const project = dsn === undefined ? undefined : new URL(dsn).pathname.split('/').pop();
  const url = new URL(`${withoutSlash(organizationUrl)}/issues/`);
  if (project) url.searchParams.set('project', project);
  url.searchParams.set('query', eventId);
  return url.href;
}

/** The page of a trace in Sentry. */
export function traceUrl(organizationUrl: string, traceId: string): string {
  return `${withoutSlash(organizationUrl)}/explore/traces/trace/${traceId}/`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
