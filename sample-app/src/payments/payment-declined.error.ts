/** The customer's bank has declined the card. This is expected: the customer is informed, nobody is alerted. */
export class PaymentDeclinedError extends Error {
  override readonly name = 'PaymentDeclinedError';

  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`The card was declined: ${reason}`, options);
  }
}
