import { Injectable } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';

/**
 * Always CommonJS, as plugins of other teams may be: in an application of ES modules, its `ErrorTracker` is the class of
 * another copy of this library.
 */
@Injectable()
export class PaymentsService {
  constructor(private readonly tracker: ErrorTracker) {}

  has(tracker: object): boolean {
    return tracker === this.tracker && tracker instanceof ErrorTracker;
  }

  /** The caller is told that the payment has failed, not by an error. */
  charge(amount: number): { paid: boolean } {
    try {
      throw new Error('the gateway declined');
    } catch (error) {
      this.tracker.capturePaymentError(error, { amount, currency: 'EUR' });
      return { paid: false };
    }
  }

  refund(): never {
    const error = new Error('the refund failed');
    this.tracker.captureException(error, { tags: { captured: 'by hand' } });
    throw error;
  }

  /** An error as they come from careless clients: it quotes what it was given. */
  quote(card: string, email: string): never {
    throw new Error(`could not charge ${card} of ${email}`);
  }
}
