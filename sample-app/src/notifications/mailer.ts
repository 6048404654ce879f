import { Injectable, Logger } from '@nestjs/common';

/** A fake: it writes to the log that it would send a mail. */
@Injectable()
export class Mailer {
  private readonly logger = new Logger('Mailer');

  send(customerId: number, text: string): Promise<void> {
    this.logger.debug(`To customer ${customerId}: ${text}`);
    return Promise.resolve();
  }
}
