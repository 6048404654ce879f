import { INBOX_DSN } from '../options/dsn.js';

interface Cause {
  readonly what: string;
  readonly check: string;
}

const REJECTED_KEY: Cause = {
  what: 'it rejects the key of the DSN',
  check: 'Compare the DSN with the client keys of the project, and check that key and project are active',
};
const NOT_FOUND: Cause = {
  what: 'it does not know this project',
  check: 'Check the host, the path and the project id of the DSN',
};
const UNKNOWN_HOST: Cause = {
  what: 'the host is unknown',
  check: 'Check the host of the DSN, and the name resolution of this machine',
};
const NO_RESPONSE: Cause = {
  what: 'there is no response',
  check: 'Check the host of the DSN, and whether a firewall or a missing proxy (https_proxy) is in the way',
};

const NO_INBOX: Cause = {
  what: 'no inbox runs there',
  check: 'Start it with `npx nestjs-error-tracker inbox`, set SENTRY_DSN, or set SENTRY_ENABLED=false',
};
const INBOX_HOST = new URL(INBOX_DSN).host;

const CAUSES: Readonly<Record<string, Cause | undefined>> = {
  http_401: REJECTED_KEY,
  http_403: REJECTED_KEY,
  http_404: NOT_FOUND,
  http_407: { what: 'the proxy requires a login', check: 'Add the login to the URL of the proxy' },
  http_413: {
    what: 'the event is too large for it',
    check: 'Check the limits of the receiver and of any proxy in front of it',
  },
  http_429: { what: 'it accepts no more events', check: 'Check the quota and the rate limits of the project' },
  web_page: {
    what: 'a web page answers there',
    check: 'Check that the DSN points to Sentry, and whether a portal or a proxy answers in its place',
  },
  ECONNREFUSED: {
    what: 'nothing listens there',
    check: 'Check the host and the port of the DSN, and whether the receiver runs',
  },
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: UNKNOWN_HOST,
  ETIMEDOUT: NO_RESPONSE,
  EHOSTUNREACH: NO_RESPONSE,
  ENETUNREACH: NO_RESPONSE,
  ECONNRESET: NO_RESPONSE,
  PROXY_REFUSED: { what: 'the proxy refuses the connection', check: 'Check what the proxy allows, and no_proxy' },
};
const CERTIFICATE: Cause = {
  what: 'its certificate is not trusted',
  check: 'Set the certificate authority with NODE_EXTRA_CA_CERTS or sdk.transportOptions.caCerts',
};
const SERVER: Cause = { what: 'it reports an internal error', check: 'Check its status' };
const OTHER: Cause = { what: 'that is not how Sentry responds', check: 'Check that the DSN points to Sentry' };
/** Retries do not fix these. */
const FINAL = new Set(['http_401', 'http_403', 'http_404']);

export function isFinal(reason: string): boolean {
  return FINAL.has(reason);
}

/** @param reason - as in `lastFailure`: `ECONNREFUSED`, `http_403` */
export function causeOf(reason: string, host: string): Cause {
  if (reason === 'ECONNREFUSED' && host === INBOX_HOST) return NO_INBOX;
  const known = CAUSES[reason];
  if (known) return known;
  if (/^http_5/.test(reason)) return SERVER;
  return /CERT|SIGNED|ISSUER|SIGNATURE/.test(reason) ? CERTIFICATE : OTHER;
}
