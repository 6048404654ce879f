import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxyFactory, MessagePattern, RpcException, Transport } from '@nestjs/microservices';
import { ErrorTracker } from 'nestjs-error-tracker';
import { lastValueFrom } from 'rxjs';
import { block, tell } from './host';

@Controller()
class Orders {
  @MessagePattern('orders.create')
  create() {
    throw new Error('no shelf');
  }
  @MessagePattern('orders.cancel')
  cancel() {
    throw new RpcException('already sent');
  }
}

tell(async () => {
  block(0);
  @Module({ imports: [block(1).module], controllers: [Orders] })
  class Service {}
  const transport = { transport: Transport.TCP, options: { host: '127.0.0.1', port: Number(process.env.TCP_PORT) } };
  const service = await NestFactory.createMicroservice(Service, { ...transport, logger: false } as object);
  await service.listen();
  const client = ClientProxyFactory.create(transport as object);
  const ask = (pattern: string) =>
    lastValueFrom(client.send(pattern, { userId: '7' })).catch((error: any) => error.message ?? error);
  const answers = [await ask('orders.create'), await ask('orders.cancel')];
  await service.get(ErrorTracker).flush('5s');
  return answers;
});
