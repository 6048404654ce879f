import { captureEvents } from 'nestjs-error-tracker/testing';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sentryOptions } from '../src/sentry-options.js';
import { Carrier } from '../src/shipping/carrier.js';
import { RunningShop } from './shop.js';

const events = captureEvents(sentryOptions);
const carrier = createServer((_request, response) => response.writeHead(503).end());
const headers = { 'x-carrier-key': 'only-for-development' };

let shop: RunningShop;

beforeAll(async () => {
  shop = await RunningShop.start();
  await once(carrier.listen(0, '127.0.0.1'), 'listening');
  shop.app.get(Carrier).url = `http://127.0.0.1:${(carrier.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await shop.stop();
  carrier.close();
});

test('what the shop refuses of its carrier is reported, although it is a 400', async () => {
  expect((await shop.send('POST /carrier/parcels', { body: { orderId: 1 }, headers })).status).toBe(400);
  await events.expectOne({ type: 'BadRequestException', transaction: 'POST /carrier/parcels' });
});

test('somebody else who claims to be the carrier is not', async () => {
  expect((await shop.send('POST /carrier/parcels', { body: { orderId: 1, state: 'lost' } })).status).toBe(401);
  await events.expectNone();
});

test('each new state of parcels is one issue', async () => {
  const body = { orderId: 4711, state: 'in customs' };
  expect((await shop.send('POST /carrier/parcels', { body, headers })).status).toBe(204);
  await events.expectOne({ level: 'warning', tag: { 'parcel.state': 'in customs' } });
});

test('a busy carrier is known, and not reported', async () => {
  const account = { email: 'ada@example.com', password: 'correct horse battery' };
  await shop.send('POST /auth/register', { body: account });
  const { token } = (await shop.send<{ token: string }>('POST /auth/login', { body: account })).body;
  const order = { lines: [{ sku: 'tea', quantity: 1 }] };
  const { id } = (await shop.send<{ id: number }>('POST /orders', { body: order, token })).body;
  expect((await shop.send(`GET /orders/${id}/parcel`, { token })).status).toBe(503);
  await events.expectNone({ type: 'CarrierBusyError' }); // on a busy machine, there may be a 'Slow service'
});
