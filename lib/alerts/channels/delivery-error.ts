/** Why a receiver has not accepted a notification. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  /**
   * @param isFinal - whether another try is pointless
   * @param retryAfter - how long the receiver asks to wait, in milliseconds
   */
  constructor(
    message: string,
    readonly isFinal: boolean,
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}
