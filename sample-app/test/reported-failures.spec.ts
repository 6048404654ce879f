import { captureEvents } from 'nestjs-error-tracker/testing';
import { sentryOptions } from '../src/sentry-options.js';
import { card, RunningShop } from './shop.js';

const events = captureEvents(sentryOptions);
const account = { email: 'ada@example.com', password: 'correct horse battery' };
const order = { lines: [{ sku: 'pot', quantity: 1 }] };

let shop: RunningShop;
let token: string;
let customer: string;

beforeAll(async () => {
  shop = await RunningShop.start();
  const registered = await shop.send<{ id: number }>('POST /auth/register', { body: account });
  customer = String(registered.body.id);
  ({ token } = (await shop.send<{ token: string }>('POST /auth/login', { body: account })).body);
});

afterAll(() => shop.stop());

async function pay(number: string): Promise<number> {
  const { body } = await shop.send<{ id: number }>('POST /orders', { body: order, token });
  const { status } = await shop.send('POST /payments', { body: { orderId: body.id, card: card(number) }, token });
  return status;
}

test('an outage of the payment provider is reported, with its customer and its order', async () => {
  expect(await pay('4000 0000 0000 0119')).toBe(502);
  const event = await events.expectOne({
    type: 'GatewayError',
    transaction: 'POST /payments',
    level: 'error',
    user: { id: customer },
    tag: { domain: 'payment' },
  });
  expect(event.contexts?.payment).toMatchObject({ provider: 'gateway', currency: 'EUR' });
  await events.expectBreadcrumbs({}, [
    { category: 'query' },
    { category: 'operation', message: 'payments.charge started' },
  ]);
});

test('a declined card is not reported', async () => {
  expect(await pay('4000 0000 0000 9995')).toBe(402);
  await events.expectNone();
  await events.expectSpan({ name: 'payments.charge', status: 'internal_error' });
});

test('a payment that takes too long is reported', async () => {
  expect(await pay('4000 0000 0000 3220')).toBe(201);
  await events.expectOne({ message: 'Slow operation', level: 'warning', transaction: 'POST /payments' });
});

test('an order that is paid twice at once is charged once', async () => {
  const { body } = await shop.send<{ id: number }>('POST /orders', { body: order, token });
  const payment = { body: { orderId: body.id, card: card('4000 0000 0000 3220') }, token };
  const [one, other] = await Promise.all([
    shop.send<{ id: string }>('POST /payments', payment),
    shop.send<{ id: string }>('POST /payments', payment),
  ]);
  expect(one.body.id).toMatch(/^ch_/);
  expect(other.body.id).toBe(one.body.id);
});

test('a wrong password is not reported', async () => {
  const { status } = await shop.send('POST /auth/login', { body: { ...account, password: 'not the password' } });
  expect(status).toBe(401);
  await events.expectNone();
});

test('a failed invoice is reported for the guest, without password, card and street', async () => {
  const guest = { email: 'bob@example.com', password: 'another long password' };
  const checkout = { account: guest, order, card: card('4242 4242 4242 4242') };
  await shop.send('POST /checkout', { body: checkout });
  const event = await events.expectOne({ type: 'TypeError', transaction: 'POST /checkout' });
  expect(event.user?.id).not.toBe(customer);
  for (const secret of [guest.password, guest.email, '4242 4242']) expect(JSON.stringify(event)).not.toContain(secret);
});

test('an order is traced', async () => {
  await shop.send('POST /orders', { body: order, token });
  const request = await events.expectSpan({ name: 'POST /orders', op: 'http.server', status: 'ok' });
  const handler = await events.expectSpan({ op: 'handler.nestjs' });
  expect(handler.parentSpanId).toBe(request.spanId);
});
