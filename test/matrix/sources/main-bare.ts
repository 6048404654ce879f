// The same ends of a process without this library: what Nest and Node do by themselves.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { BackgroundController } from './background.controller.js';
import { createApp } from './create-app.js';

@Module({ controllers: [BackgroundController] })
class BareModule {}

async function main(): Promise<void> {
  const app = await createApp(BareModule);
  await app.listen(0, '127.0.0.1');
  process.send?.({ url: await app.getUrl() });
}
void main();
