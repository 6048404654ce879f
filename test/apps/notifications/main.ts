import '../shared/instrument.js';
import 'reflect-metadata';
import { MailerModule } from '@nestjs-modules/mailer';
import { Module } from '@nestjs/common';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { MailService, messagingProvider, PushService, smtp, twilioProvider } from './clients.js';
import { FunctionsController, SendController } from './send.controller.js';

const template = {
  dir: '.',
  adapter: {
    compile: (mail: any, done: (error?: Error) => void) => {
      mail.data.html = `the secret body for ${mail.data.context.name}`;
      done();
    },
  },
};
const integrations = process.env.OFF ? { notifications: false } : undefined;

const sentry = SentryModule.forRoot({ operations: { slowerThan: '500ms' }, integrations });
const mailer = MailerModule.forRoot({ transport: smtp, defaults: { from: 'shop@example.com' }, template });

@Module({
  imports: [sentry, mailer],
  controllers: [SendController, FunctionsController],
  providers: [MailService, twilioProvider, messagingProvider, PushService],
})
class AppModule {}

@Module({ imports: [sentry], controllers: [FunctionsController] })
class FunctionsModule {}

async function main() {
  const app = await createApp(process.env.FUNCTIONS ? FunctionsModule : AppModule);
  answerTests(app, await listen(app));
}
void main();
