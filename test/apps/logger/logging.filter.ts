import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** As most applications have one: it logs every exception with its stack. */
@Catch(HttpException)
export class LoggingFilter implements ExceptionFilter {
  private readonly logger = new Logger('LoggingFilter');

  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  catch(exception: HttpException, host: ArgumentsHost): void {
    this.logger.error(exception.message, exception.stack);
    this.host.httpAdapter.reply(host.switchToHttp().getResponse(), { failed: true }, exception.getStatus());
  }
}
