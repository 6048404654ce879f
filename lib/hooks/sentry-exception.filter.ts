import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { observeException } from './http-exceptions.js';

/**
 * The fallback for versions of Nest whose `ExceptionsHandler` cannot be hooked: a global filter that receives the
 * exceptions that no filter of the application catches, and responds as Nest would.
 *
 * @example
 * ```ts
 * import { HttpAdapterHost } from '@nestjs/core';
 * import { SentryExceptionFilter } from 'nestjs-error-tracker';
 *
 * app.useGlobalFilters(new SentryExceptionFilter(app.get(HttpAdapterHost).httpAdapter));
 * ```
 */
@Catch()
export class SentryExceptionFilter extends BaseExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw exception;
    observeException(
      { applicationRef: this.applicationRef ?? this.httpAdapterHost?.httpAdapter },
      exception,
      host,
      () => {
        super.catch(exception, host);
      },
    );
  }
}
