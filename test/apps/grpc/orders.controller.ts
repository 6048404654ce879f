import { Metadata } from '@grpc/grpc-js';
import {
  BadRequestException,
  Catch,
  Controller,
  Inject,
  Scope,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { type ClientGrpc, GrpcMethod, RpcException } from '@nestjs/microservices';
import { Report } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';
import { map, type Observable, throwError } from 'rxjs';
import { CrashingFilter, FailingGuard, FailingInterceptor, FailingPipe, RefusingGuard } from '../shared/enhancers.js';
import { DomainError, FilterCrash, IgnoredError } from '../shared/failures.js';
import { Clerk, type Item } from './clerk.js';

@Catch(DomainError)
class DomainFilter {
  catch(error: DomainError) {
    return throwError(() => ({ code: 9, message: error.message }));
  }
}

/** Methods whose request and answer are one message each. */
@Controller()
export class OrdersController {
  constructor(
    private readonly clerk: Clerk,
    @Inject('SHOP') private readonly client: ClientGrpc,
  ) {}

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
    const metadata = new Metadata();
    metadata.set('x-reason', 'sold');
    throw new RpcException({ code: 5, message: 'no such order', metadata });
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
    this.clerk.tracker.captureException(error);
    throw error;
  }
  @GrpcMethod('Orders', 'Payload')
  payload(_item: Item): never {
    throw new Error('failure with a payload');
  }
  @GrpcMethod('Orders', 'User')
  async user({ name }: Required<Item>): Promise<never> {
    this.clerk.begin(name);
    await sleep(Math.random() * 20);
    return this.clerk.work(name);
  }
  @GrpcMethod('Orders', 'Nobody')
  nobody(): never {
    throw new Error('failure of nobody');
  }
  /** Answers with what it received of its caller. */
  @GrpcMethod('Orders', 'Trace')
  trace(_item: Item, metadata: Metadata) {
    const received = ['sentry-trace', 'baggage', 'x-own'].map((key) => metadata.get(key).join(';'));
    const others = Object.keys(metadata.getMap()).filter((key) => key.startsWith('nestjs'));
    return { name: JSON.stringify([...received, ...others]) };
  }
  /** Passes on the metadata that it received. */
  @GrpcMethod('Orders', 'Forward')
  forward(item: Item, metadata: Metadata) {
    return this.client
      .getService<{ trace(item: Item, metadata: Metadata): Observable<Required<Item>> }>('Orders')
      .trace(item, metadata)
      .pipe(map(({ name }) => ({ name: JSON.stringify([metadata.get('sentry-trace')[0], ...JSON.parse(name)]) })));
  }
  /** Fails or answers on purpose, after a while. */
  @GrpcMethod('Orders', 'Slow')
  async slow({ name, n = 0 }: Item) {
    await sleep(n);
    if (name === 'rpc') throw new RpcException({ code: 9, message: 'an answer' });
    if (name) throw new Error(`failure of ${name}`);
    return {};
  }
}

@Controller({ scope: Scope.REQUEST })
export class ScopedController {
  @GrpcMethod('Scoped', 'Error')
  error(): never {
    throw new Error('failure of a scoped controller');
  }
}
