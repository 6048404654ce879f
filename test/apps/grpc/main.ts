import { initOptions } from '../shared/instrument.js';
import 'reflect-metadata';
import { Metadata } from '@grpc/grpc-js';
import {
  BadRequestException,
  Catch,
  Controller,
  Get,
  Inject,
  Module,
  Param,
  Query,
  Req,
  Scope,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import {
  type ClientGrpc,
  ClientsModule,
  GrpcMethod,
  GrpcStreamCall,
  GrpcStreamMethod,
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
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  catchError,
  concatMap,
  delay,
  from,
  interval,
  lastValueFrom,
  map,
  type Observable,
  of,
  Subject,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { protoFile } from './proto.js';

interface Item {
  name?: string;
  password?: string;
  n?: number;
  user?: { id: string };
}

@Catch(DomainError)
class DomainFilter {
  catch(error: DomainError) {
    return throwError(() => ({ code: 9, message: error.message }));
  }
}

@Controller()
class OrdersController {
  constructor(private readonly tracker: ErrorTracker) {}

  @GrpcMethod('Orders', 'Fine')
  fine(item: Item) {
    return item;
  }
  @GrpcMethod('Orders', 'Error')
  error(): never {
    throw new Error('plain failure');
  }
  @GrpcMethod('Orders', 'Rpc')
  rpc(): never {
    throw new RpcException({ code: 5, message: 'no such order' });
  }
  @GrpcMethod('Orders', 'Http400')
  http400(): never {
    throw new BadRequestException('bad');
  }
  /** The SDK of a vendor threw it: the status is that of another server. */
  @GrpcMethod('Orders', 'Vendor404')
  vendor404(): never {
    throw Object.assign(new Error('not found by a vendor'), { status: 404, code: 5 });
  }
  @GrpcMethod('Orders', 'Reported')
  @Report({ status: { '4xx': 1 } })
  reported(): never {
    throw new BadRequestException('reported all the same');
  }
  @GrpcMethod('Orders', 'Ignored')
  ignored(): never {
    throw new IgnoredError('ignored');
  }
  @GrpcMethod('Orders', 'Guard')
  @UseGuards(FailingGuard)
  guard() {
    return {};
  }
  @GrpcMethod('Orders', 'Refused')
  @UseGuards(RefusingGuard)
  refused() {
    return {};
  }
  @GrpcMethod('Orders', 'Pipe')
  @UsePipes(FailingPipe)
  pipe(_item: Item) {
    return {};
  }
  @GrpcMethod('Orders', 'Interceptor')
  @UseInterceptors(FailingInterceptor)
  interceptor() {
    return {};
  }
  @GrpcMethod('Orders', 'Filter')
  @UseFilters(DomainFilter)
  filter(): never {
    throw new DomainError('declined');
  }
  @GrpcMethod('Orders', 'Crashing')
  @UseFilters(CrashingFilter)
  crashing(): never {
    throw new FilterCrash('what the filter was to answer');
  }
  @GrpcMethod('Orders', 'Manual')
  manual(): never {
    const error = new Error('captured, then thrown');
    this.tracker.captureException(error);
    throw error;
  }
  @GrpcMethod('Orders', 'Payload')
  payload(_item: Item): never {
    throw new Error('failure with a payload');
  }
  @GrpcMethod('Orders', 'User')
  async user({ name }: Required<Item>): Promise<never> {
    this.begin(name);
    await sleep(Math.random() * 20);
    return this.work(name);
  }
  @GrpcMethod('Orders', 'Nobody')
  nobody(): never {
    throw new Error('failure of nobody');
  }
  /** Answers with the headers of a trace that it received. */
  @GrpcMethod('Orders', 'Trace')
  trace(_item: Item, metadata: Metadata) {
    const received = ['sentry-trace', 'baggage', 'x-own'].map((key) => metadata.get(key).join(';'));
    return { name: JSON.stringify(received) };
  }
  @GrpcMethod('Orders', 'List')
  list({ n = 0 }: Item) {
    return interval(5).pipe(
      take(3),
      map((at) => {
        if (n > 0 && at === n) throw new Error('failure in a stream');
        return { n: at };
      }),
    );
  }

  /** What the subscription does belongs to the call, whose messages arrive later. */
  @GrpcStreamMethod('Orders', 'Upload')
  upload(items: Observable<Item>) {
    const answer = new Subject<Item>();
    items.subscribe({
      next: ({ name, n }) => {
        if (name) this.begin(name);
        if (n === 13) answer.error(new Error(`failure of ${name}`));
      },
      complete: () => {
        answer.next({ name: 'complete' });
        answer.complete();
      },
    });
    return answer.asObservable();
  }
  @GrpcStreamMethod('Orders', 'Chat')
  chat(items: Observable<Item>) {
    return items.pipe(
      concatMap(async ({ name = '', n }) => {
        if (name) this.begin(name);
        await sleep(Math.random() * 10);
        if (n === 13) await this.work(name);
        return { name, n };
      }),
    );
  }
  @GrpcStreamCall('Orders', 'RawUpload')
  rawUpload(items: Readable, answer: (error: unknown, item?: Item) => void) {
    let uploader = '';
    items.on('data', ({ name, n }: Item) => {
      if (name) this.begin((uploader = name));
      if (n === 13) this.tracker.captureException(new Error(`failure of ${uploader}`));
    });
    items.on('end', () => answer(null, { name: uploader }));
  }
  @GrpcStreamCall('Orders', 'RawChat')
  rawChat(call: Duplex) {
    call.on('data', ({ name, n }: Item) => {
      if (name) this.begin(name);
      if (n === 13) this.tracker.captureException(new Error(`failure of ${name}`));
      call.write({ name, n });
    });
    call.on('end', () => call.end());
  }

  private begin(name: string) {
    this.tracker.setUser({ id: name });
    this.tracker.setTag('who', name);
    this.tracker.addBreadcrumb('test', `crumb of ${name}`);
  }
  @TrackOperation('orders.work')
  private async work(name: string): Promise<never> {
    throw new Error(`failure of ${name}`);
  }
}

@Controller({ scope: Scope.REQUEST })
class ScopedController {
  @GrpcMethod('Scoped', 'Error')
  error(): never {
    throw new Error('failure of a scoped controller');
  }
}

const server: MicroserviceOptions = {
  transport: Transport.GRPC,
  options: { package: 'shop', protoPath: protoFile(), url: `127.0.0.1:${process.env.RPC_PORT}` },
};

type Call = (item: unknown, metadata?: Metadata) => Observable<Item>;

@Controller()
class Front {
  constructor(@Inject('SHOP') private readonly client: ClientGrpc) {}

  /** Calls what the caller asks for, and answers what came back, an error as an answer too. */
  @Get('call/:method')
  call(@Param('method') method: string, @Query('data') data = '{}', @Req() _request: unknown) {
    const items: Item[] = [JSON.parse(data)].flat();
    const isStream = /Upload|Chat/.test(method);
    // One after the other, so that those of several calls alternate.
    const sent = isStream ? from(items).pipe(concatMap((item) => of(item).pipe(delay(Math.random() * 10)))) : items[0];
    return lastValueFrom(
      this.of(method)(sent).pipe(
        toArray(),
        map((answers) => ({ answers })),
        catchError(({ code, details, message }) => of({ error: { code, details, message } })),
      ),
    );
  }
  /** Lets the failure of a call be its own. */
  @Get('pass/:method')
  pass(@Param('method') method: string) {
    return lastValueFrom(this.of(method)({}));
  }
  /** Calls with metadata of the application's own, twice, and answers what arrived and what it still has. */
  @Get('metadata')
  async metadata(@Query('trace') trace?: string) {
    const metadata = new Metadata();
    metadata.set('x-own', 'value');
    metadata.set('baggage', 'own=1');
    if (trace) metadata.set('sentry-trace', trace);
    const call = () => lastValueFrom(this.of('Trace')({}, metadata));
    const answers = [await call(), await call()].map(({ name }) => JSON.parse(name!));
    return { answers, own: metadata.getMap() };
  }
  /** Ends a stream after its first answer. */
  @Get('cancel/:method')
  cancel(@Param('method') method: string) {
    return lastValueFrom(this.of(method)(method === 'List' ? {} : interval(5).pipe(map((n) => ({ n })))).pipe(take(1)));
  }

  private of(method: string): Call {
    const [service, name] = method.includes('.') ? method.split('.') : ['Orders', method];
    const methods = this.client.getService<Record<string, Call>>(service!);
    return methods[name!] ?? methods[name![0]!.toLowerCase() + name!.slice(1)]!;
  }
}

const init = process.env.START === 'late' ? initOptions : undefined;
const sentry = () => SentryModule.forRoot({ init, capture: { ignore: [IgnoredError] } });
@Module({
  imports: [
    isBare ? WithoutSentry : sentry(),
    ClientsModule.register([{ ...(server as object), name: 'SHOP' } as never]),
  ],
  controllers: [OrdersController, ScopedController, Front],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  app.connectMicroservice(server, { inheritAppConfig: process.env.INHERIT === '1' });
  await app.startAllMicroservices();
  answerTests(app, await listen(app));
}
void main();
