import { linkOf } from '../../lib/cli/test/item-links';
import type { SentItem } from '../../lib/cli/test/test-transport';

const ID = 'a'.repeat(32);
const TRACE = 'b'.repeat(32);
const event: SentItem = { type: 'error', item: 'event', id: ID, trace: TRACE };
const transaction: SentItem = { type: 'transaction', item: 'transaction', id: ID, trace: TRACE };
const span: SentItem = { type: 'transaction', item: 'span', id: TRACE, trace: TRACE };
const log: SentItem = { type: 'log', item: 'log', id: TRACE, trace: TRACE };
const checkIn: SentItem = { type: 'cron', item: 'check_in', id: ID };
const SAAS = 'https://key@o42.ingest.de.sentry.io/77';
const OWN = 'https://key@errors.example/sentry/7';
const INBOX = 'http://inbox@127.0.0.1:8970/1';

test.each<[string, SentItem, Record<string, string>, string | undefined]>([
  [SAAS, event, {}, `https://sentry.io/orgredirect/organizations/:orgslug/issues/?project=77&query=${ID}`],
  [SAAS, span, {}, `https://sentry.io/orgredirect/organizations/:orgslug/explore/traces/trace/${TRACE}/`],
  [SAAS, event, { SENTRY_ORG: 'acme' }, `https://sentry.io/organizations/acme/issues/?project=77&query=${ID}`],
  [SAAS, checkIn, { SENTRY_ORG: 'acme' }, undefined],
  ['https://key@sentry.io.example/1', event, {}, undefined],
  [OWN, event, {}, undefined],
  [OWN, event, { SENTRY_ORG: ' ' }, undefined],
  [OWN, event, { SENTRY_ORG: 'acme' }, `https://errors.example/sentry/organizations/acme/issues/?project=7&query=${ID}`],
  [OWN, transaction, { SENTRY_ORG: 'a/b' }, `https://errors.example/sentry/organizations/a%2Fb/explore/traces/trace/${TRACE}/`],
  [OWN, event, { SENTRY_ORG: 'acme', SENTRY_URL: 'https://web.example/' }, `https://web.example/organizations/acme/issues/?project=7&query=${ID}`],
  [OWN, event, { SENTRY_ORG: 'acme', SENTRY_URL: 'web' }, `https://errors.example/sentry/organizations/acme/issues/?project=7&query=${ID}`],
  [INBOX, event, { SENTRY_ORG: 'acme' }, `http://127.0.0.1:8970/#/event/${ID}`],
  [INBOX, transaction, {}, `http://127.0.0.1:8970/#/trace/${TRACE}`],
  [INBOX, log, {}, undefined],
])('%s: %j with %j', (dsn, item, variables, link) => {
  expect(linkOf(item, dsn, variables)).toBe(link);
}); // prettier-ignore
