/** The customer's bank has said no. Nothing is broken: the customer is told, nobody is woken. */
export class PaymentDeclinedError extends Error {
  override readonly name = 'PaymentDeclinedError';

  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`The card was declined: ${reason}`, options);
  }
}
