import type { Receiver } from '../harness/receiver';
import type { Plant } from '../apps/leaks/plant';
import { FORMS } from './secrets';
import { requests } from './requests';

/** One way for data to get into a running application. */
export interface Entrance {
  name: string;
  /** Whether it takes values under a key of their own. */
  keyed: boolean;
  /** Names, ids and paths of the protocol: what is not a secret by its form alone stays there. */
  forms: (typeof FORMS)['every'];
  /** Undefined: the application does it on a message. */
  send: ((url: string, plant: Plant) => Promise<unknown>) | undefined;
  /** The places on the wire that it leads to. */
  found: (receiver: Receiver) => unknown[];
}

type Found = Entrance['found'];

const inEvents =
  (pick: (event: any) => unknown): Found =>
  ({ events }) =>
    events.map(pick);
const inItems =
  (type: string): Found =>
  ({ items }) =>
    items.filter((item) => item.type === type).map(({ payload }) => payload);
const inEntries =
  (type: string, pick: (entry: any) => unknown): Found =>
  ({ items }) =>
    items.filter((item) => item.type === type).flatMap(({ payload }) => payload.items.map(pick));

const keyed = (name: string, found: Found): Entrance => entrance(name, found, { keyed: true });
const spoken = (name: string, found: Found): Entrance => entrance(name, found, {});
const named = (name: string, found: Found): Entrance => entrance(name, found, { forms: FORMS.byForm });

function entrance(name: string, found: Found, of: { keyed?: boolean; forms?: Entrance['forms'] }): Entrance {
  return { name, found, keyed: of.keyed ?? false, forms: of.forms ?? FORMS.every, send: requests[name] };
}

const body = inEvents(({ request }) => request?.data);
const values = (event: any) => event.exception?.values.map(({ value }: any) => value);
const frames = (event: any) => event.exception?.values.flatMap(({ stacktrace }: any) => stacktrace?.frames ?? []);

export const entrances: Entrance[] = [
  keyed(
    'stack local',
    inEvents((event) => frames(event)?.map(({ vars }: any) => vars)),
  ),
  keyed('body as JSON', body),
  keyed('body as text', body),
  keyed('urlencoded body', body),
  keyed('multipart body', body),
  keyed(
    'query',
    inEvents(({ request }) => [request?.query_string, request?.url]),
  ),
  spoken(
    'path',
    inEvents(({ request }) => request?.url),
  ),
  spoken(
    'path without a route',
    inEvents(({ transaction }) => transaction),
  ),
  keyed(
    'header',
    inEvents(({ request }) => request?.headers),
  ),
  keyed(
    'cookie',
    inEvents(({ request }) => request?.cookies),
  ),
  keyed('envelope header', ({ items }) => items.map(({ envelope }) => envelope.trace)),
  keyed(
    'GraphQL variable',
    inEvents(({ request }) => request?.data),
  ),
  keyed(
    'GraphQL literal',
    inEvents(({ request }) => request?.data),
  ),
  keyed(
    'rpc message',
    inEvents(({ contexts }) => contexts.payload),
  ),
  keyed(
    'rpc event',
    inEvents(({ contexts }) => contexts.payload),
  ),
  keyed(
    'job',
    inEvents(({ contexts }) => contexts.operation),
  ),
  spoken('message', inEvents(values)),
  spoken(
    'captured message',
    inEvents(({ message }) => message),
  ),
  spoken('cause', inEvents(values)),
  named(
    'name of an error',
    inEvents((event) => event.exception?.values.map(({ type }: any) => type)),
  ),
  keyed(
    'breadcrumb',
    inEvents(({ breadcrumbs }) => breadcrumbs),
  ),
  keyed(
    'console',
    inEvents(({ breadcrumbs }) => breadcrumbs),
  ),
  keyed(
    'tag',
    inEvents(({ tags }) => tags),
  ),
  keyed(
    'context',
    inEvents(({ contexts }) => contexts.order),
  ),
  keyed(
    'extra',
    inEvents(({ extra }) => extra),
  ),
  keyed(
    'user',
    inEvents(({ user }) => user),
  ),
  spoken(
    'fingerprint',
    inEvents(({ fingerprint }) => fingerprint),
  ),
  spoken('span name', ({ spans }) => spans.map(({ name }) => name)),
  keyed('span attribute', ({ spans }) => spans.filter(({ name }) => name === 'leaks').map(({ data }) => data)),
  spoken(
    'log',
    inEntries('log', (entry) => entry.body),
  ),
  keyed(
    'log attribute',
    inEntries('log', ({ attributes }) => attributes),
  ),
  spoken(
    'log parameter',
    inEntries('log', ({ attributes }) => attributes),
  ),
  keyed(
    'metric attribute',
    inEntries('trace_metric', ({ attributes }) => attributes),
  ),
  keyed(
    'operation',
    inEvents(({ contexts }) => contexts.operation),
  ),
  keyed(
    'business event',
    inEvents(({ breadcrumbs }) => breadcrumbs),
  ),
  keyed(
    'domain error',
    inEvents(({ contexts }) => contexts.payment),
  ),
  spoken(
    'thread name',
    inEvents(({ threads }) => threads?.values.map(({ name }: any) => name)),
  ),
  named(
    'file name',
    inEvents((event) => frames(event)?.map(({ filename }: any) => filename)),
  ),
  keyed('attachment', ({ items }) =>
    items.filter(({ type }) => type === 'attachment').map(({ header, payload }) => [header.filename, payload]),
  ),
  named('check-in', inItems('check_in')),
  spoken('feedback', inItems('feedback')),
  named('session', inItems('session')),
  // The SDK counts by `reason:category`: a colon of a reason would end it.
  entrance('client report', inItems('client_report'), {
    forms: FORMS.byForm.filter((form) => !form('').text.includes(':')),
  }),
];
