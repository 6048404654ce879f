import { Injectable, Logger } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { configuration } from '../configuration.js';

/** Sends mail if SMTP_URL is set; otherwise it is only written as JSON. Each delivery is a breadcrumb, without its text. */
@Injectable()
export class Mailer {
  private readonly logger = new Logger('Mailer');
  private readonly transporter = configuration.smtpUrl
    ? createTransport(configuration.smtpUrl)
    : createTransport({ jsonTransport: true });

  async send(customerId: number, text: string): Promise<void> {
    const to = `customer-${customerId}@shop.example`;
    await this.transporter.sendMail({ from: 'shop@shop.example', to, subject: 'Your order', text });
    this.logger.debug(`Wrote to customer ${customerId}`);
  }
}
