import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { observeException } from './http-exceptions.js';

/**
 * The way without hooks, for a version of Nest that has no `ExceptionsHandler` where it is looked for: a global filter
 * that sees what no filter of the application takes, and answers as Nest would.
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
