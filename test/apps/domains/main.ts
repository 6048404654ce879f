import '../shared/instrument.js';
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { Transport } from '@nestjs/microservices';
import { SentryModule, type SentryModuleOptions } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { ShopController } from './shop.controller.js';
import { ShopService } from './shop.service.js';

const options: SentryModuleOptions = {
  operations: { slowerThan: '5s' },
  budgets: {
    '*': '1h',
    'GET /orders/:orderId': '200ms',
    'GET /many/*': '40ms',
    'GET /stream': '20ms',
    'GET /nowhere': 1,
    'rpc orders.*': '30ms',
  },
};

@Module({
  imports: [SentryModule.forRoot(process.env.BUDGETS === 'off' ? {} : options)],
  controllers: [ShopController],
  providers: [ShopService],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  const port = await listen(app);
  process.env.OWN_PORT = String(port);
  if (process.env.TCP_PORT) {
    const options = { host: '127.0.0.1', port: Number(process.env.TCP_PORT) };
    app.connectMicroservice({ transport: Transport.TCP, options }, { inheritAppConfig: true });
    await app.startAllMicroservices();
  }
  answerTests(app, port);
}
void main();
