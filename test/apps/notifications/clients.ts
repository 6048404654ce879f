import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { createRequire } from 'node:module';

const { SMTP_PORT, SENDGRID_URL } = process.env;
export const smtp = { host: '127.0.0.1', port: Number(SMTP_PORT), ignoreTLS: true };

/** As most applications have it: a transporter in a property. */
@Injectable()
export class MailService {
  readonly transporter: Transporter = createTransport(smtp);

  async send(to: string, subject = 'secret subject'): Promise<unknown> {
    return this.transporter.sendMail({ from: 'shop@example.com', to, subject, text: 'the secret body' });
  }

  sendWithCallback(to: string, done: (error: unknown, info: unknown) => void): void {
    this.transporter.sendMail({ from: 'shop@example.com', to, subject: 's', text: 'the secret body' }, done);
  }
}

/** As in a file of functions; its login is refused. */
const refused = createTransport({ ...smtp, auth: { user: 'shop-mailer', pass: 'the-secret-password' } });
export const sendWithLogin = (to: string): Promise<unknown> =>
  refused.sendMail({ from: 'shop@example.com', to, subject: 'secret subject', text: 'the secret body' });

/** Twilio's client answers its requests from here: the To of a refused one ends in 13. */
const httpClient = {
  request: async ({ data }: any) =>
    String(data.To).endsWith('13')
      ? {
          statusCode: 400,
          body: JSON.stringify({
            code: 21211,
            message: `The 'To' number ${data.To} is not a valid phone number.`,
            more_info: 'https://www.twilio.com/docs/errors/21211',
            status: 400,
          }),
        }
      : { statusCode: 201, body: { sid: 'SM1', status: 'queued' } },
};

export const TWILIO = 'TWILIO';
export const twilioProvider = {
  provide: TWILIO,
  useFactory: () =>
    createRequire(`${process.cwd()}/package.json`)('twilio')(`AC${'0'.repeat(32)}`, 'token', { httpClient }),
};

/** The singleton of `@sendgrid/mail`, which is no provider. */
export function sendgrid(): any {
  const mail = createRequire(`${process.cwd()}/package.json`)('@sendgrid/mail');
  mail.setApiKey('SG.test');
  mail.client.setDefaultRequest('baseUrl', SENDGRID_URL);
  return mail;
}
export const sendgridMail = sendgrid();

export const webPush = createRequire(`${process.cwd()}/package.json`)('web-push');

/** Has the methods of `Messaging` of firebase-admin. */
class Messaging {
  async send({ token }: { token: string }): Promise<string> {
    if (token.endsWith('gone'))
      throw Object.assign(new Error('Requested entity was not found.'), {
        code: 'messaging/registration-token-not-registered',
      });
    return 'projects/shop/messages/1';
  }
  async sendEach(messages: { token: string }[]): Promise<object> {
    const responses = messages.map(({ token }) =>
      token.endsWith('gone')
        ? { success: false, error: { code: 'messaging/registration-token-not-registered' } }
        : { success: true },
    );
    return { responses, failureCount: responses.filter(({ success }) => !success).length };
  }
  subscribeToTopic(): void {}
}
export const messagingProvider = { provide: 'MESSAGING', useFactory: () => new Messaging() };

/** Has the methods of `Expo`, and is created late. */
class Expo {
  async sendPushNotificationsAsync(messages: { to: string }[]): Promise<object[]> {
    return messages.map(({ to }) =>
      to.includes('gone') ? { status: 'error', details: { error: 'DeviceNotRegistered' } } : { status: 'ok', id: '1' },
    );
  }
  chunkPushNotifications(messages: object[]): object[][] {
    return [messages];
  }
}

@Injectable()
export class PushService implements OnModuleInit {
  expo?: Expo;

  constructor(@Inject('MESSAGING') readonly messaging: Messaging) {}

  onModuleInit(): void {
    this.expo = new Expo();
  }
}
