export const ORDER_PAID = 'order.paid';

/** What follows a payment: it must neither keep the customer waiting nor fail the payment. */
export interface OrderPaid {
  readonly orderId: number;
}
