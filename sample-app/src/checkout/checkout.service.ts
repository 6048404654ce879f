import { Injectable } from '@nestjs/common';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';
import { AuthService } from '../auth/auth.service.js';
import { InvoiceRenderer } from '../invoices/invoice-renderer.js';
import { OrdersService } from '../orders/orders.service.js';
import { PaymentsService } from '../payments/payments.service.js';
import type { GuestCheckout } from './guest-checkout.js';

@Injectable()
export class CheckoutService {
  constructor(
    private readonly auth: AuthService,
    private readonly orders: OrdersService,
    private readonly payments: PaymentsService,
    private readonly invoices: InvoiceRenderer,
    private readonly tracker: ErrorTracker,
  ) {}

  /** @returns the invoice */
  @TrackOperation('checkout.guest', { data: ({ order }: GuestCheckout) => ({ lines: order.lines.length }) })
  async buy({ account, order: newOrder, card }: GuestCheckout): Promise<string> {
    const { id, email } = await this.auth.register(account);
    this.tracker.setUser({ id: String(id), email }); // this route has no guard, so the user is set here
    this.tracker.setTag('checkout', 'guest'); // to find, and to count, what fails without an account
    this.tracker.addBreadcrumb('cart', 'The cart is complete', { skus: newOrder.lines.map(({ sku }) => sku) });
    const order = await this.orders.place(id, newOrder);
    await this.payments.charge(order, card);
    return this.invoices.render(order);
  }
}
