import { randomBytes } from 'node:crypto';
import type { Shop } from './shop.js';

const CARDS = {
  good: '4242 4242 4242 4242',
  empty: '4000 0000 0000 9995',
  slow: '4000 0000 0000 3220',
  providerDown: '4000 0000 0000 0119',
};

/**
 * Sends requests that succeed, requests that fail as expected, and requests that fail unexpectedly.
 *
 * @returns the secrets that must not be sent to Sentry: passwords, card numbers, the token, email addresses
 */
export async function playScenario(shop: Shop): Promise<string[]> {
  const ada = newAccount('ada');
  const bob = newAccount('bob');

  const { id } = await shop.send<{ id: number }>({
    what: 'Ada creates an account',
    request: 'POST /auth/register',
    body: ada,
    status: 201,
  });
  await shop.send({
    what: 'Ada mistypes her password',
    request: 'POST /auth/login',
    body: { ...ada, password: randomBytes(9).toString('base64url') },
    status: 401,
    leftOut: 'rejecting a wrong password is the purpose of a login',
  });
  const { token } = await shop.send<{ token: string }>({
    what: 'Ada logs in',
    request: 'POST /auth/login',
    body: ada,
    status: 200,
  });

  const order = async (what: string, sku = 'tea', quantity = 2) => {
    const body = { lines: [{ sku, quantity }] };
    return shop.send<{ id: number }>({ what, request: 'POST /orders', body, token, status: 201 });
  };
  const payment = (orderId: number, card: string) => ({
    request: 'POST /payments',
    body: { orderId, card: cardOf(card) },
    token,
  });
  const userId = String(id);

  const first = await order('Ada orders tea');
  await shop.send({ what: 'Ada pays', ...payment(first.id, CARDS.good), status: 201 });
  await shop.send({ what: 'Ada views her order', request: `GET /orders/${first.id}`, token, status: 200 });
  await shop.send({
    what: 'Ada requests an order that does not exist',
    request: 'GET /orders/999999999',
    token,
    status: 404,
    leftOut: 'the order does not exist, so nothing is broken',
  });

  const second = await order('Ada orders more tea');
  await shop.send({
    what: 'her card is declined',
    ...payment(second.id, CARDS.empty),
    status: 402,
    leftOut: "handled by the shop's PaymentDeclinedFilter; counted as business.payment.declined",
  });
  await shop.send({
    what: 'the payment provider is down',
    ...payment(second.id, CARDS.providerDown),
    status: 502,
    reports: {
      title: 'GatewayError: An error occurred while processing your card. Try again later.',
      level: 'error',
      transaction: 'POST /payments',
      userId,
      operations: ['payments.charge'],
    },
  });
  await shop.send({
    what: 'a payment succeeds, but takes too long',
    ...payment(second.id, CARDS.slow),
    status: 201,
    reports: {
      title: 'Slow operation',
      level: 'warning',
      transaction: 'POST /payments',
      userId,
      operations: ['payments.charge'],
    },
  });

  const third = await order('Ada orders more cups than there are', 'cup', 60);
  await shop.send({
    what: 'Ada pays, and then the warehouse fails to pack them',
    ...payment(third.id, CARDS.good),
    status: 201,
    reports: {
      title: 'Error: The shelf of cup has 50 pieces, not 60',
      level: 'error',
      transaction: process.env.BROKER_URL ? 'rpc warehouse.pack' : 'event order.paid',
      userId,
      operations: ['warehouse.pack', 'Shelves.take'],
    },
  });
  await shop.send({
    what: 'the carrier sends a parcel without its state',
    request: 'POST /carrier/parcels',
    body: { orderId: first.id },
    headers: { 'x-carrier-key': 'only-for-development' },
    status: 400,
    reports: {
      title: 'BadRequestException: Bad Request Exception',
      level: 'error',
      transaction: 'POST /carrier/parcels',
      operations: [],
    },
  });

  await shop.send({
    what: 'Bob buys as a guest, and rendering the invoice fails',
    request: 'POST /checkout',
    body: { account: bob, order: { lines: [{ sku: 'pot', quantity: 1 }] }, card: cardOf(CARDS.good) },
    status: 500,
    reports: {
      title: "TypeError: Cannot read properties of null (reading 'street')",
      level: 'error',
      transaction: 'POST /checkout',
      userId: String(id + 1),
      operations: ['checkout.guest', 'invoices.render'],
    },
  });

  const cards = Object.values(CARDS).flatMap((card) => [card, card.replaceAll(' ', '')]);
  return [token, ada.email, ada.password, bob.email, bob.password, ...cards];
}

/** Creates random credentials, so that the demo can run again on the same database. */
function newAccount(name: string): { email: string; password: string } {
  return {
    email: `${name}.${randomBytes(4).toString('hex')}@example.com`,
    password: randomBytes(12).toString('base64url'),
  };
}

function cardOf(number: string): object {
  return { number, expiry: '12/30', cvc: '737' };
}
