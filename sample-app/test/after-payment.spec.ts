import { SchedulerRegistry } from '@nestjs/schedule';
import { captureEvents } from 'nestjs-error-tracker/testing';
import { sentryOptions } from '../src/sentry-options.js';
import { card, RunningShop } from './shop.js';

// What nobody waits for: event handlers and scheduled jobs. The promises of the kit settle once they have ended.
const events = captureEvents(sentryOptions);
const account = { email: 'ada@example.com', password: 'correct horse battery' };

let shop: RunningShop;
let token: string;

beforeAll(async () => {
  shop = await RunningShop.start();
  await shop.send('POST /auth/register', { body: account });
  ({ token } = (await shop.send<{ token: string }>('POST /auth/login', { body: account })).body);
});

afterAll(() => shop.stop());

async function buy(sku: string, quantity: number): Promise<number> {
  const order = { lines: [{ sku, quantity }] };
  const { id } = (await shop.send<{ id: number }>('POST /orders', { body: order, token })).body;
  const { status } = await shop.send('POST /payments', {
    body: { orderId: id, card: card('4242 4242 4242 4242') },
    token,
  });
  return status;
}

test('an order that cannot be packed is reported for its customer; the payment has succeeded', async () => {
  expect(await buy('cup', 60)).toBe(201);
  const event = await events.expectOne({ transaction: 'event order.paid', user: { id: '1' } });
  expect(event.contexts?.parcel).toEqual({ lines: [{ sku: 'cup', quantity: 60 }] });
  const payment = await events.expectSpan({ name: 'POST /payments', op: 'http.server' });
  expect(event.contexts?.trace?.trace_id).toBe(payment.traceId);
});

test('an order that is packed is not reported, and the label is a span of the packing', async () => {
  expect(await buy('tea', 1)).toBe(201);
  await events.expectNone();
  const packing = await events.expectSpan({ name: 'warehouse.pack', status: 'ok' });
  const label = await events.expectSpan({ name: 'warehouse.label' });
  expect(label.parentSpanId).toBe(packing.spanId);
});

test('the job that counts open orders is traced', async () => {
  await shop.app.get(SchedulerRegistry).getCronJob('open-orders').fireOnTick();
  await events.expectNone();
  await events.expectSpan({ name: 'cron open-orders', status: 'ok' });
});
