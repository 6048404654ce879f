import { Controller, UseGuards } from '@nestjs/common';
import { GrpcMethod, GrpcStreamCall, GrpcStreamMethod } from '@nestjs/microservices';
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { concatMap, interval, map, type Observable, Subject, take } from 'rxjs';
import { FailingGuard, RefusingGuard } from '../shared/enhancers.js';
import { Clerk, type Item } from './clerk.js';

/** Methods whose requests or answers are a stream. */
@Controller()
export class StreamsController {
  constructor(private readonly clerk: Clerk) {}

  @GrpcMethod('Orders', 'List')
  list({ name, n = 0 }: Item) {
    if (name) this.clerk.begin(name);
    return interval(n < 0 ? -n : 5).pipe(
      take(3),
      map((at) => {
        if (n > 0 && at === n) throw new Error(name ? `failure of ${name}` : 'failure in a stream');
        return { n: at };
      }),
    );
  }
  @GrpcMethod('Orders', 'Forever')
  forever() {
    return interval(5).pipe(map((n) => ({ n })));
  }

  /** What the subscription does belongs to the call, whose messages arrive later. */
  @GrpcStreamMethod('Orders', 'Upload')
  upload(items: Observable<Item>) {
    const answer = new Subject<Item>();
    items.subscribe({
      next: ({ name, n }) => {
        if (name) this.clerk.begin(name);
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
        if (name) this.clerk.begin(name);
        await sleep(Math.random() * 10);
        if (n === 13) await this.clerk.work(name);
        return { name, n };
      }),
    );
  }
  @GrpcStreamCall('Orders', 'RawUpload')
  rawUpload(items: Readable, answer: (error: unknown, item?: Item) => void) {
    let uploader = '';
    items.on('data', ({ name, n }: Item) => {
      if (name) this.clerk.begin((uploader = name));
      if (n === 13) this.clerk.tracker.captureException(new Error(`failure of ${uploader}`));
    });
    items.on('end', () => answer(null, { name: uploader }));
  }
  @GrpcStreamCall('Orders', 'RawChat')
  rawChat(call: Duplex) {
    call.on('data', ({ name, n }: Item) => {
      if (name) this.clerk.begin(name);
      if (n === 13) this.clerk.tracker.captureException(new Error(`failure of ${name}`));
      call.write({ name, n });
    });
    call.on('end', () => call.end());
  }

  @GrpcStreamCall('Orders', 'RawThrow')
  rawThrow(): never {
    throw new Error('failure before a stream');
  }
  @GrpcStreamCall('Orders', 'RawGuard')
  @UseGuards(FailingGuard)
  rawGuard() {
    return undefined;
  }
  @GrpcStreamCall('Orders', 'RawRefused')
  @UseGuards(RefusingGuard)
  rawRefused() {
    return undefined;
  }
  @GrpcStreamCall('Orders', 'RawReject')
  rawReject(_items: Readable, answer: (error: unknown) => void) {
    answer({ code: 9, message: 'declined by hand' });
  }
  @GrpcStreamMethod('Orders', 'ListenerUpload')
  listenerUpload(items: Observable<Item>) {
    items.subscribe(({ name }) => {
      this.clerk.begin(name!);
      throw new Error('failure in a subscription');
    });
    return new Subject();
  }
  @GrpcStreamCall('Orders', 'ListenerChat')
  listenerChat(call: Duplex) {
    call.on('data', () => {
      this.clerk.begin('listener');
      throw new Error('failure in a listener');
    });
  }
}
