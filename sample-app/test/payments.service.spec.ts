import { fakeTracker } from 'nestjs-error-tracker/testing';
import { Order } from '../src/orders/order.entity.js';
import type { OrdersService } from '../src/orders/orders.service.js';
import { Card } from '../src/payments/card.js';
import { PaymentDeclinedError } from '../src/payments/payment-declined.error.js';
import { PaymentGateway } from '../src/payments/payment-gateway.js';
import { PaymentsService } from '../src/payments/payments.service.js';

// Without Nest, Sentry and a database: the service alone.
const tracker = fakeTracker();
const orders = { markPaid: () => Promise.resolve() } as Partial<OrdersService> as OrdersService;
let payments: PaymentsService;
const order = Object.assign(new Order(), { id: 42, total: 1_500, paid: false });
const card = (number: string) => Object.assign(new Card(), { number, expiry: '12/30', cvc: '737' });

beforeEach(() => {
  tracker.calls.length = 0;
  payments = new PaymentsService(new PaymentGateway(), orders, tracker);
});

test('a charge is a business event', async () => {
  await payments.charge(order, card('4242424242424242'));
  expect(tracker.calls).toEqual([{ method: 'recordEvent', args: ['payment.charged', { orderId: 42, amount: 1_500 }] }]);
});

test('a decline is counted, and not reported', async () => {
  await expect(payments.charge(order, card('4000000000000002'))).rejects.toThrow(PaymentDeclinedError);
  expect(tracker.calls.map(({ method }) => method)).toEqual(['recordEvent']);
});

test('an outage is reported as a failed payment', async () => {
  await expect(payments.charge(order, card('4000000000000119'))).rejects.toThrow('unavailable');
  expect(tracker.calls).toMatchObject([
    { method: 'capturePaymentError', args: [{}, { provider: 'gateway', orderId: 42 }] },
  ]);
});
