import { ConfigurationError } from './configuration-error.js';
import type { Check } from './schema.js';

/** The DSN that development uses if none is set: the local inbox (`npx nestjs-error-tracker inbox`). */
export const INBOX_DSN = 'http://inbox@127.0.0.1:8970/1';

/** As the SDK reads it: it would log an error about any other, and send nothing. */
const DSN = /^https?:\/\/\w+(?::\w*)?@(?:\[[:.%\w]+\]|[\w.-]+)(?::\d+)?\/(?:[^?#]*\/)?\d+$/;

/** @see https://develop.sentry.dev/sdk/foundations/transport/authentication/ for the form of a DSN */
export const dsn: Check = (value, path) => {
  if (typeof value === 'string' && DSN.test(value) && URL.canParse(value)) return;
  throw new ConfigurationError({
    path,
    received: typeof value === 'string' ? withoutCredentials(value) : value,
    expected: 'a Sentry DSN such as https://<key>@<host>/<project>, whose project is a number',
    fix: 'copy the DSN from the project settings in Sentry (Client Keys), or omit it',
  });
};

/** A wrong value may be a secret of something else: a token, or the address of a database. */
function withoutCredentials(value: string): string {
  return /^\s*\w+:\/\//.test(value) ? value.replace(/\/\/.*@/, '//***@') : 'text that does not begin with https://';
}

/** Whether a DSN is that of an inbox on this machine, on whichever port. */
export function isInboxDsn(value: string | undefined): value is string {
  return value !== undefined && /^http:\/\/inbox@(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/\d+$/.test(value);
}

/** The endpoint of a DSN. The secret part of the key, which is deprecated, is not sent. */
export function envelopeEndpoint(dsn: string): URL {
  const { protocol, host, pathname, username } = new URL(dsn);
  const parts = pathname.split('/').filter(Boolean);
  const project = parts.pop() ?? '';
  const path = [...parts, 'api', project, 'envelope', ''].join('/');
  return new URL(`${protocol}//${host}/${path}?sentry_version=7&sentry_key=${username}`);
}
