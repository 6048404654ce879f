// The application has its own SentryModule.forRoot(); captureEvents() takes the place of Sentry.
import assert from 'node:assert/strict';
import { addEventProcessor } from '@sentry/nestjs';
import { captureEvents } from 'nestjs-error-tracker/testing';
import { after, before, test } from './runner.js';
import { pause, startShop, type RunningShop } from './shop.js';

const events = captureEvents();
let shop: RunningShop;

before(async () => {
  shop = await startShop();
});
after(() => shop.app.close());

test('an event has what it has in production, scrubbed', async () => {
  await shop.get('/orders/down');
  const event = await events.expectOne({
    type: 'GatewayError',
    message: /^no answer for user-\w+@pseudonym\.invalid, password=\[Filtered/,
    transaction: 'GET /orders/:id',
    level: 'error',
    user: { id: '7' },
    tag: { domain: 'payment', handler: 'Orders.pay' },
    fingerprint: ['payment', 'GatewayError'],
  });
  assert.equal(event.environment, 'test');
  assert.doesNotMatch(JSON.stringify(event), /hunter2secret|ann@shop/);
});

test('begins with no events, and expected failures are none', async () => {
  await events.expectNone();
  assert.equal(await shop.get('/orders/unknown'), 404);
  assert.deepEqual(await events.all(), []);
});

test('has breadcrumbs of operations, in their order', async () => {
  await shop.get('/orders/down');
  await events.expectBreadcrumbs({ type: 'GatewayError' }, [
    { category: 'operation', message: 'payments.charge started' },
    { message: /failed$/, data: { error: /^GatewayError/ } },
  ]);
});

test('has spans of the request, the handler and the operation', async () => {
  await shop.get('/orders/42');
  const request = await events.expectSpan({ name: 'GET /orders/:id', op: 'http.server', status: 'ok' });
  const handler = await events.expectSpan({ name: 'Orders.pay', op: 'handler.nestjs' });
  const operation = await events.expectSpan({ name: 'payments.charge', op: 'function' });
  assert.deepEqual([request.isRoot, handler.isRoot], [true, false]);
  assert.deepEqual([handler.parentSpanId, operation.parentSpanId], [request.spanId, handler.spanId]);
  assert.deepEqual((await events.spans()).length, 3);
});

test('tells why a span has failed', async () => {
  await shop.get('/orders/down');
  await events.expectSpan({ name: 'payments.charge', status: 'internal_error' });
});

test('waits for a request that still runs', async () => {
  const response = shop.get('/orders/1/slow');
  await pause(20); // it has reached the server
  await events.expectOne({ message: 'slow' });
  await response;
});

test('waits for a handler that fails after its response', async () => {
  assert.equal(await shop.get('/orders/down/later'), 202);
  await events.expectSpan({ name: 'payments.charge', status: 'internal_error' });
  await events.expectOne({ type: 'GatewayError' });
});

test('waits for event processors', async () => {
  let isFirst = true;
  addEventProcessor(async (event) => {
    if (!isFirst) return event;
    isFirst = false;
    await pause(40);
    return { ...event, tags: { ...event.tags, late: 'yes' } };
  });
  shop.tracker.captureMessage('processed');
  await events.expectOne({ message: 'processed', tag: { late: 'yes' } });
});

test('waits for a stream not at all, and for a request that hangs not twice', async () => {
  void shop.get('/orders/1/events').catch(() => undefined);
  await pause(50);
  const begun = performance.now();
  await events.expectNone();
  assert.ok(performance.now() - begun < 1_500, 'it has waited for the stream');
  void shop.get('/orders/1/hangs').catch(() => undefined);
  await pause(50);
  await assert.rejects(events.expectOne(), /Still running, and not awaited any longer: GET/);
  const again = performance.now();
  await events.expectNone();
  assert.ok(performance.now() - again < 1_500, 'it has waited twice');
});

const error = new Error('the same');

test('reports an error', async () => {
  shop.tracker.setUser({ id: '1' });
  shop.tracker.setTag('stays', 'no');
  shop.tracker.addBreadcrumb('cart', 'filled');
  shop.tracker.captureException(error);
  await events.expectOne({ message: 'the same', user: { id: '1' }, tag: { stays: 'no' } });
  assert.equal(shop.tracker.status().capture.reported, 1);
});

test('reports the same error in the next test, without what the first has set', async () => {
  shop.tracker.captureException(error);
  const { user, tags, breadcrumbs } = await events.expectOne({ message: 'the same' });
  assert.deepEqual([user?.id, tags?.stays, breadcrumbs ?? []], [undefined, undefined, []]);
  assert.equal(shop.tracker.status().capture.reported, 1);
});

test('forgets on demand, including what is still on its way', async () => {
  shop.tracker.captureException(new Error('before'));
  events.clear();
  shop.tracker.captureMessage('after');
  const event = await events.expectOne();
  assert.equal(event.message, 'after');
});

test('twenty times the same error are twenty events', async () => {
  for (let at = 0; at < 20; at++) await shop.get('/orders/down');
  assert.equal((await events.all()).length, 20);
});
