import { MailerService } from '@nestjs-modules/mailer';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';
import { BODY, people, person } from './people.js';
import { MailService, PushService, sendgridMail, sendWithLogin, TWILIO, webPush } from './clients.js';

@Controller()
export class SendController {
  constructor(
    @Inject(MailService) private readonly mail: MailService,
    @Inject(MailerService) private readonly mailer: MailerService,
    @Inject(TWILIO) private readonly twilio: any,
    @Inject(PushService) private readonly push: PushService,
    @Inject(ErrorTracker) private readonly tracker: ErrorTracker,
  ) {}

  /** Sends, and fails afterwards if the delivery has not. */
  private async after(sending: Promise<unknown>): Promise<never> {
    await sending;
    throw new Error('after the delivery');
  }

  @Get('mail')
  sendMail(@Query('to') to: string) {
    return this.after(this.mail.send(person(to)));
  }

  @Get('mail-callback')
  callback(@Query('to') to: string) {
    return this.after(
      new Promise((resolve, reject) => {
        this.mail.sendWithCallback(person(to), (error, info) => (error ? reject(error as Error) : resolve(info)));
      }),
    );
  }

  @Get('mailer')
  sendTemplate(@Query('to') to: string) {
    return this.after(
      this.mailer.sendMail({
        to: person(to),
        subject: 'secret subject',
        template: 'welcome',
        context: { name: 'secret name' },
      }),
    );
  }

  @Get('sms')
  sms(@Query('to') to: string) {
    return this.after(this.twilio.messages.create({ to: person(to), from: person('shop'), body: BODY }));
  }

  /** Quotes the error of the provider where applications do. */
  @Get('sms-quoted')
  async smsQuoted(@Query('to') to: string) {
    const sms = { to: person(to), from: person('shop'), body: BODY };
    await this.twilio.messages.create(sms).catch((error: Error) => {
      console.warn(`no message: ${error.message}`);
      throw new Error(`order 7 is not confirmed: ${error.message}`);
    });
  }

  @Get('sendgrid')
  sendgrid(@Query('to') to: string) {
    const mail = {
      to: person(to),
      from: 'shop@example.com',
      templateId: 'd-1234',
      subject: 's',
      text: 'the secret body',
    };
    return this.after(sendgridMail.send(mail));
  }

  @Get('sendgrid-many')
  sendgridMany(@Query('to') to: string) {
    const mail = { from: 'shop@example.com', subject: 's', text: 'the secret body' };
    return this.after(sendgridMail.send(people(to).map((each) => ({ ...mail, to: each }))));
  }

  @Get('web-push')
  webPush() {
    const endpoint = person('browser');
    return this.after(webPush.sendNotification({ endpoint }));
  }

  @Get('fcm')
  fcm(@Query('to') token: string) {
    return this.after(this.push.messaging.send({ token: person(token) }));
  }

  @Get('fcm-each')
  fcmEach(@Query('to') to: string) {
    return this.after(this.push.messaging.sendEach(people(to).map((token) => ({ token }))));
  }

  @Get('expo')
  expo(@Query('to') to: string) {
    return this.after(this.push.expo!.sendPushNotificationsAsync(people(to).map((each) => ({ to: each }))));
  }

  @Get('captured')
  async captured(@Query('to') to: string) {
    const error = new Error('the gateway of the post office is closed');
    this.tracker.captureDomainError('notification', error, {
      provider: 'post',
      code: 'closed',
      template: 'letter',
      recipient: person(to),
    });
    return 'captured';
  }

  @Get('handled')
  async handled(@Query('to') to: string) {
    await this.mail.send(person(to)).catch((error: unknown) => this.tracker.captureDomainError('notification', error));
    return 'handled';
  }
}

/** Has no client among its providers. */
@Controller()
export class FunctionsController {
  @Get('mail-login')
  login(@Query('to') to: string) {
    return sendWithLogin(person(to));
  }
}
