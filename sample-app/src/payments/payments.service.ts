import { BadGatewayException, ConflictException, Injectable, Logger } from '@nestjs/common';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';
import type { Order } from '../orders/order.entity.js';
import { OrdersService } from '../orders/orders.service.js';
import type { Card } from './card.js';
import { GatewayError } from './gateway-error.js';
import { PaymentDeclinedError } from './payment-declined.error.js';
import { type Charge, PaymentGateway } from './payment-gateway.js';

const CURRENCY = 'EUR';

@Injectable()
export class PaymentsService {
  private readonly logger = new Logger('Payments');

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly orders: OrdersService,
    private readonly tracker: ErrorTracker,
  ) {}

  /** @throws PaymentDeclinedError - if the customer has to use another card */
  @TrackOperation('payments.charge', {
    data: ({ id, total }: Order) => ({ orderId: id, amount: total, currency: CURRENCY }),
    slowerThan: '500ms',
    domain: 'payment',
  })
  async charge(order: Order, card: Card): Promise<Charge> {
    if (order.paid) throw new ConflictException(`Order ${order.id} is already paid`);
    const charge = await this.gateway
      .charge(card, order.total, CURRENCY, `order-${order.id}`)
      .catch((error: unknown) => {
        throw this.explain(error, order);
      });
    await this.orders.markPaid(order);
    this.tracker.recordEvent('payment.charged', { orderId: order.id, amount: order.total });
    return charge;
  }

  /** A decline is expected and counted; anything else is a failure of the provider and reported. */
  private explain(error: unknown, { id, total }: Order): Error {
    const { code, decline_code: declineCode } = error instanceof GatewayError ? error : {};
    this.logger.warn('The gateway did not charge the card', { orderId: id, code }); // a breadcrumb of the event
    if (code === 'card_declined') {
      const reason = declineCode ?? 'generic_decline';
      this.tracker.recordEvent('payment.declined', { orderId: id, reason });
      return new PaymentDeclinedError(reason, { cause: error });
    }
    this.tracker.capturePaymentError(error, {
      provider: 'gateway',
      orderId: id,
      amount: total,
      currency: CURRENCY,
      code,
    });
    return new BadGatewayException('The payment provider is unavailable', { cause: error }); // the cause is already reported
  }
}
