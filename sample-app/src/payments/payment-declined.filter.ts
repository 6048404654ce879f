import { type ArgumentsHost, Catch, type ExceptionFilter, HttpStatus } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PaymentDeclinedError } from './payment-declined.error.js';

/**
 * Responds with 402. Because the status is below 500, the tracker treats the error as expected, without configuration.
 */
@Catch(PaymentDeclinedError)
export class PaymentDeclinedFilter implements ExceptionFilter<PaymentDeclinedError> {
  constructor(private readonly host: HttpAdapterHost) {}

  catch({ message, reason }: PaymentDeclinedError, host: ArgumentsHost): void {
    const status = HttpStatus.PAYMENT_REQUIRED;
    const response = host.switchToHttp().getResponse<unknown>();
    this.host.httpAdapter.reply(response, { statusCode: status, message, reason }, status);
  }
}
