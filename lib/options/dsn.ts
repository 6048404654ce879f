import { check } from './schema.js';

/** The DSN that development uses if none is set: the local inbox (`npx nestjs-error-tracker inbox`). */
export const INBOX_DSN = 'http://inbox@127.0.0.1:8970/1';

/** @see https://develop.sentry.dev/sdk/foundations/transport/authentication/ for the form of a DSN */
export const dsn = check(
  'a Sentry DSN such as https://<key>@<host>/<project>',
  'copy the DSN from the project settings in Sentry (Client Keys), or omit it',
  (value) => typeof value === 'string' && isDsn(value),
);

function isDsn(value: string): boolean {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return false; // not a URL: the caller reports the expected form
  }
  const project = url.pathname.split('/').pop() ?? '';
  return /^https?:$/.test(url.protocol) && url.username !== '' && url.hostname !== '' && /^\w+$/.test(project);
}

/** Whether a DSN is that of an inbox on this machine, on whichever port. */
export function isInboxDsn(value: string | undefined): value is string {
  return value !== undefined && /^http:\/\/inbox@(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/\d+$/.test(value);
}
