/** Shaped like the errors of a payment provider's SDK, which differ in their code. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';

  private constructor(
    message: string,
    readonly code: 'card_declined' | 'processing_error',
    readonly decline_code?: string,
  ) {
    super(message);
  }

  static declined(reason: string): GatewayError {
    return new GatewayError('Your card was declined.', 'card_declined', reason);
  }

  static unavailable(): GatewayError {
    return new GatewayError('An error occurred while processing your card. Try again later.', 'processing_error');
  }
}
