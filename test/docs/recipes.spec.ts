import { canRunOver } from '../harness/brokers';
import { freePort } from '../harness/free-port';
import { runRecipe } from './run-recipe';

const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;
const values = (events: any[]): string[] => events.map(valueOf);

test('payments: a declined card is answered with 402, an outage is one event of the domain', async () => {
  const { told, events } = await runRecipe('Payments', 'payments');
  expect(told).toEqual([200, 402, 500]);
  expect(events).toMatchObject([
    {
      transaction: 'GET /payments/:id',
      exception: { values: [{ value: 'no answer' }] },
      tags: { domain: 'payment' },
      contexts: { payment: { orderId: 'down', amount: 12 }, operation: { name: 'payments.charge' } },
    },
  ]);
});

test('authentication: a wrong token is not reported, an outage is; the user is the one of the guard', async () => {
  const { told, events, receiver } = await runRecipe('Authentication', 'authentication');
  expect(told).toEqual([401, 401, 500]);
  expect(values(events)).toEqual(['connect ECONNREFUSED', 'not of the user']);
  expect(events[0]).toMatchObject({ tags: { domain: 'auth' }, contexts: { auth: { action: 'login' } } });
  expect(events[1].user).toEqual({ id: '7', role: 'editor' });
  expect(receiver.bytes).not.toContain('hunter2');
});

test('a small quota: three events of a failure, and payments are traced all the same', async () => {
  const { told, events, transactions } = await runRecipe('A small quota', 'quota');
  expect(values(events).filter((value) => value === 'again and again')).toHaveLength(3);
  expect(told).toMatchObject({ reported: 3, throttled: 7 });
  expect(transactions).toContain('GET /payments/:id');
});

test('GraphQL: an error of a resolver is an event, a code of the list is not', async () => {
  const { told, events } = await runRecipe('GraphQL', 'graphql');
  expect(told).toEqual([200, 200]);
  // On a busy machine, its budget is exceeded, too.
  const errors = events.filter((event) => valueOf(event) !== 'Performance budget exceeded');
  expect(values(errors)).toEqual(['the cats are gone']);
  expect(errors[0]).toMatchObject({ transaction: 'query cats', user: { id: '7' } });
});

test('microservices: the user comes from the message, and an RpcException is expected', async () => {
  const { told, events } = await runRecipe('Microservices', 'microservices', { TCP_PORT: String(await freePort()) });
  expect(told).toEqual(['Internal server error', 'already sent']);
  expect(values(events)).toEqual(['no shelf']);
  expect(events[0]).toMatchObject({ transaction: 'rpc orders.create', user: { id: '7' } });
});

(canRunOver('redis') ? test : test.skip)('BullMQ: a job is reported once, in the trace of its request', async () => {
  const { events, receiver } = await runRecipe('BullMQ', 'bullmq', { REDIS_DATABASE: String(1 + (process.pid % 15)) });
  expect(events).toMatchObject([
    { transaction: 'job invoices send', user: { id: '7' }, tags: { tenant: 'acme', attempt: '2' } },
  ]);
  const request = receiver.spans.find(({ name }) => name === 'GET /orders');
  expect(events[0].contexts.trace.trace_id).toBe(request?.trace);
});

test('several tenants: by the header, by nestjs-cls, and one by one in a loop', async () => {
  const { events } = await runRecipe('Several tenants', 'tenants');
  expect(events.map((event) => [valueOf(event), event.tags?.tenant ?? event.tags?.tenantId])).toEqual([
    ['of a header', 'acme'],
    ['of nestjs-cls', 'initech'],
    ['renewal of acme', 'acme'],
    ['renewal of globex', 'globex'],
    ['of no tenant', undefined],
  ]);
});

test('serverless: the event has arrived when the invocation ends', async () => {
  const { told, events } = await runRecipe('Serverless', 'serverless');
  expect(told).toEqual({ status: 500, flushed: ['1s'] });
  expect(events).toMatchObject([{ transaction: 'GET /orders/:id' }]);
});

test('a monorepo: the application has the options of the library', async () => {
  const { events } = await runRecipe('Monorepo', 'monorepo', { BLOCK_FILE: 'apps/api/src/instrument' });
  expect(values(events).filter((value) => value.startsWith('of an application'))).toHaveLength(5);
  expect(events.find((event) => valueOf(event) === 'a form').extra).toEqual({
    'tax number': '[Filtered]',
    city: 'Berlin',
  });
});
