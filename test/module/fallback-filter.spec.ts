import { BadRequestException, Controller, Get, Module } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { ErrorTracker, SentryExceptionFilter, SentryModule } from '../../lib/index';
import { Receiver } from '../harness/receiver';

@Controller()
class CatsController {
  @Get('fails')
  fails(): never {
    throw new Error('seen by hook and filter');
  }
  @Get('bad')
  bad(): never {
    throw new BadRequestException('expected');
  }
}

test('the filter for Nest versions without hooks responds as Nest does, and reports nothing twice together with the hooks', async () => {
  const receiver = await Receiver.start();
  @Module({
    imports: [SentryModule.forRoot({ init: { dsn: receiver.dsn, environment: 'test' } })],
    controllers: [CatsController],
  })
  class AppModule {}
  const app = await NestFactory.create(AppModule, { logger: false });
  app.useGlobalFilters(new SentryExceptionFilter(app.get(HttpAdapterHost).httpAdapter));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const answers = await Promise.all(
    ['fails', 'bad'].map(async (path) => (await fetch(`http://127.0.0.1:${port}/${path}`)).text()),
  );
  await app.get(ErrorTracker).flush();
  await app.close();
  expect(answers.map((answer) => JSON.parse(answer).statusCode)).toEqual([500, 400]);
  expect(receiver.events.map(({ exception }) => exception.values[0].value)).toEqual(['seen by hook and filter']);
  await receiver.close();
});
