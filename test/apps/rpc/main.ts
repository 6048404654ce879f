import { initOptions } from '../shared/instrument.js';
import 'reflect-metadata';
import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  Controller,
  Get,
  HttpException,
  Inject,
  Module,
  Param,
  Query,
  Req,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import {
  ClientProxy,
  ClientsModule,
  EventPattern,
  MessagePattern,
  NatsRecordBuilder,
  Payload,
  RmqRecordBuilder,
  RpcException,
  Transport,
  type MicroserviceOptions,
} from '@nestjs/microservices';
import { ErrorTracker, Report, SentryModule, TrackOperation } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { CrashingFilter, FailingGuard, FailingInterceptor, FailingPipe, RefusingGuard } from '../shared/enhancers.js';
import { DomainError, FilterCrash, IgnoredError } from '../shared/failures.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { headers } from 'nats';
import { setTimeout as sleep } from 'node:timers/promises';
import { catchError, concatMap, interval, lastValueFrom, map, of, take, throwError, toArray } from 'rxjs';

/** Redis, NATS and MQTT deliver a message to every subscriber: applications that run at once have patterns of their own. */
const own = (pattern: string) => `${process.env.RPC_PREFIX ?? ''}${pattern}`;

@Catch(DomainError)
class DomainFilter {
  catch(error: DomainError, _host: ArgumentsHost) {
    return throwError(() => ({ domain: error.message }));
  }
}

@Controller()
class OrdersController {
  constructor(private readonly tracker: ErrorTracker) {}

  @MessagePattern(own('orders.fine'))
  fine(@Payload() data: unknown) {
    return { echo: data };
  }
  @MessagePattern(own('orders.error'))
  error(): never {
    throw new Error('plain failure');
  }
  @MessagePattern({ cmd: own('orders.object') })
  object(): never {
    throw new Error('failure of an object pattern');
  }
  @MessagePattern(own('orders.rpc'))
  rpc(): never {
    throw new RpcException('an answer');
  }
  @MessagePattern(own('orders.http400'))
  http400(): never {
    throw new BadRequestException('bad');
  }
  /** The SDK of a vendor threw it: the status is that of another server. */
  @MessagePattern(own('orders.vendor429'))
  vendor429(): never {
    throw Object.assign(new Error('rate limited by a vendor'), { status: 429 });
  }

  @MessagePattern(own('orders.http503'))
  http503(): never {
    throw new HttpException('maintenance', 503);
  }
  @MessagePattern(own('orders.reported'))
  @Report({ status: { '4xx': 1 } })
  reported(): never {
    throw new BadRequestException('reported all the same');
  }
  @MessagePattern(own('orders.ignored'))
  ignored(): never {
    throw new IgnoredError('ignored');
  }
  @MessagePattern(own('orders.string'))
  string(): never {
    throw 'just a string';
  }
  @MessagePattern(own('orders.guard'))
  @UseGuards(FailingGuard)
  guard() {
    return 'never';
  }
  @MessagePattern(own('orders.refused'))
  @UseGuards(RefusingGuard)
  refused() {
    return 'never';
  }
  @MessagePattern(own('orders.pipe'))
  @UsePipes(FailingPipe)
  pipe(@Payload() _data: unknown) {
    return 'never';
  }
  @MessagePattern(own('orders.interceptor'))
  @UseInterceptors(FailingInterceptor)
  interceptor() {
    return 'never';
  }
  @MessagePattern(own('orders.filter'))
  @UseFilters(DomainFilter)
  filter(): never {
    throw new DomainError('declined');
  }
  @MessagePattern(own('orders.crashing'))
  @UseFilters(CrashingFilter)
  crashing(): never {
    throw new FilterCrash('what the filter was to answer');
  }
  @MessagePattern(own('orders.stream'))
  stream() {
    return interval(5).pipe(
      take(3),
      map((n) => {
        if (n === 2) throw new Error('failure in a stream');
        return n;
      }),
    );
  }
  @MessagePattern(own('orders.manual'))
  manual(): never {
    const error = new Error('captured, then thrown');
    this.tracker.captureException(error);
    throw error;
  }
  @MessagePattern(own('orders.payload'))
  payload(@Payload() _data: unknown): never {
    throw new Error('failure with a payload');
  }
  @MessagePattern(own('orders.user'))
  async user(@Payload() data: { name: string }): Promise<never> {
    this.tracker.setUser({ id: data.name });
    this.tracker.setTag('who', data.name);
    this.tracker.addBreadcrumb('test', `crumb of ${data.name}`);
    await sleep(Math.random() * 20);
    return this.work(data.name);
  }
  @MessagePattern(own('orders.nobody'))
  nobody(): never {
    throw new Error('failure of nobody');
  }
  @EventPattern(own('orders.placed'))
  placed(@Payload() data: { fail?: boolean }) {
    if (data.fail) throw new Error('failure of an event');
  }

  /** With MQTT, a topic of any order; the same below a topic; and one that the subscribers of a group share. */
  @EventPattern(own('orders/+/shipped'))
  shipped(): never {
    throw new Error('failure of a wildcard');
  }
  @EventPattern(own('stock/#'))
  stock(): never {
    throw new Error('failure of a wildcard');
  }
  @EventPattern(`$share/group/${own('shared')}`)
  shared(): never {
    throw new Error('failure of a wildcard');
  }

  @TrackOperation('orders.work')
  private async work(name: string): Promise<never> {
    throw new Error(`failure of ${name}`);
  }
}

/** Refuses what is not its own, as consumers do that validate packets. */
const deserializer = {
  deserialize(packet: object) {
    const unknown = Object.keys(packet).filter((key) => !['pattern', 'data', 'id'].includes(key));
    if (unknown.length > 0) throw new Error(`unknown in the packet: ${unknown.join(', ')}`);
    return packet;
  },
};
const transports: Record<string, MicroserviceOptions> = {
  tcp: { transport: Transport.TCP, options: { host: '127.0.0.1', port: Number(process.env.RPC_PORT), deserializer } },
  redis: { transport: Transport.REDIS, options: { host: '127.0.0.1', port: 6379, deserializer } },
  nats: { transport: Transport.NATS, options: { servers: ['nats://127.0.0.1:4222'], queue: process.env.RPC_QUEUE } },
  rmq: {
    transport: Transport.RMQ,
    options: {
      urls: ['amqp://guest:guest@127.0.0.1:5672'],
      queue: process.env.RPC_QUEUE,
      queueOptions: { durable: false, autoDelete: true },
    },
  },
  mqtt: { transport: Transport.MQTT, options: { url: 'mqtt://127.0.0.1:1883', deserializer } },
};
const transport = transports[process.env.TRANSPORT ?? 'tcp']!;
/** Of the service, if it is another process. */
const { RPC_CLIENT_PORT: port, RPC_CLIENT_QUEUE: queue } = process.env;
const { deserializer: _, ...address } = transport.options as { deserializer?: unknown };
const elsewhere = { ...(port && { port: Number(port) }), ...(queue && { queue }) };
const client = { ...transport, name: 'ORDERS', options: { ...address, ...elsewhere } };

@Controller()
class Front {
  constructor(@Inject('ORDERS') private readonly client: ClientProxy) {}

  /** Sends what the caller asks for, and answers what came back, an error as an answer too. */
  @Get('send/:pattern')
  send(@Param('pattern') pattern: string, @Query('data') data = '{}', @Req() _request: unknown) {
    const wanted = pattern === 'orders.object' ? { cmd: own(pattern) } : own(pattern);
    return lastValueFrom(
      this.client.send(wanted, JSON.parse(data)).pipe(
        toArray(),
        map((answers) => ({ answers })),
        catchError((error) => of({ error })),
      ),
    );
  }
  /** Lets the failure of a message be its own. */
  @Get('pass/:pattern')
  pass(@Param('pattern') pattern: string) {
    return lastValueFrom(this.client.send(own(pattern), {}));
  }
  /** Emits one record, with headers of the application's own, twice. */
  @Get('headers')
  async headers() {
    const own = { 'x-version': '2' };
    const natsHeaders = headers();
    for (const [key, value] of Object.entries(own)) natsHeaders.set(key, value);
    const record =
      process.env.TRANSPORT === 'rmq'
        ? new RmqRecordBuilder({}).setOptions({ headers: own }).build()
        : new NatsRecordBuilder({}).setHeaders(natsHeaders).build();
    for (let times = 0; times < 2; times++) {
      await lastValueFrom(this.client.emit(`headers.${process.env.RPC_QUEUE}`, record), { defaultValue: undefined });
    }
  }

  @Get('emit/:pattern')
  emit(@Param('pattern') pattern: string, @Query('data') data = '{}') {
    return lastValueFrom(
      this.client.emit(own(pattern), JSON.parse(data)).pipe(
        toArray(),
        concatMap(() => of({ emitted: true })),
      ),
    );
  }
}

const init = process.env.START === 'late' ? initOptions : undefined;
const sentry = () => SentryModule.forRoot({ init, capture: { ignore: [IgnoredError] } });
@Module({
  imports: [isBare ? WithoutSentry : sentry(), ClientsModule.register([client as never])],
  controllers: [OrdersController, Front],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  app.connectMicroservice(transport, { inheritAppConfig: process.env.INHERIT === '1' });
  await app.startAllMicroservices();
  answerTests(app, await listen(app));
}
void main();
