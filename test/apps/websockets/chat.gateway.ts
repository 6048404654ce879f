import { Inject, UseFilters, UseGuards, UseInterceptors, UsePipes } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { ErrorTracker, Report, TrackOperation } from 'nestjs-error-tracker';
import { setTimeout as pause } from 'node:timers/promises';
import { concat, of, Subject, throwError, timer } from 'rxjs';
import { map, switchMap, take } from 'rxjs/operators';
import { CrashingFilter, FailingGuard, FailingInterceptor, FailingPipe, RefusingGuard } from '../shared/enhancers.js';
import { FilterCrash, IgnoredError } from '../shared/failures.js';
import { DomainFilter, RenamingInterceptor } from './enhancers.js';
import { ports } from './ports.js';
import { Visit } from './visit.gateway.js';
import { throwables } from './failures.js';

const failing = new Set((process.env.FAIL ?? '').split(','));

@WebSocketGateway()
export class ChatGateway {
  private readonly feeds = new Map<string, Subject<unknown>>();

  constructor(@Inject(ErrorTracker) private readonly tracker: ErrorTracker) {}

  afterInit() {
    this.tracker.addBreadcrumb('gateway', 'initialised');
    if (failing.has('init')) throw new Error('failure in afterInit');
  }

  handleConnection(client: any, request?: any): unknown {
    this.tracker.setTag('connecting', 'yes');
    const asked = client.handshake ?? request;
    if (asked.headers['x-passport']) (client.request ?? request).user = { id: asked.headers['x-passport'] };
    if (asked.headers['x-connect'] === 'throw') throw new Error('failure in handleConnection');
    if (asked.headers['x-connect'] === 'reject') return rejectSoon(new Error('rejection in handleConnection'));
    if (asked.headers['x-connect'] === 'ignored') return rejectSoon(new IgnoredError('never reported'));
    if (asked.headers['x-leave']) client.leaving = true;
    return undefined;
  }

  async handleDisconnect(client: any) {
    if (client.leaving) throw new Error('rejection in handleDisconnect');
  }

  @SubscribeMessage('fine')
  fine(@MessageBody() body: unknown) {
    return { event: 'fine', data: body };
  }

  @SubscribeMessage('answer')
  async answer(@MessageBody() body: unknown) {
    return { answer: body };
  }

  @SubscribeMessage('ports')
  ports() {
    return { event: 'ports', data: ports };
  }

  @SubscribeMessage('break.visits')
  breakVisits(@MessageBody('broken') broken: boolean) {
    Visit.isBroken = broken;
    return { event: 'broken', data: broken };
  }

  @SubscribeMessage('nothing')
  nothing() {
    return undefined;
  }

  @SubscribeMessage('drain')
  async drain() {
    // In turns, so that a busy machine delays the timers of other handlers no longer than this.
    for (let turn = 0; turn < 12; turn++) await pause(5);
    return { event: 'drained', data: {} };
  }

  @SubscribeMessage('throw')
  @UseFilters(DomainFilter)
  @UseInterceptors(RenamingInterceptor)
  throw(@MessageBody('kind') kind: string): never {
    throw throwables[kind]!();
  }

  @SubscribeMessage('throw.plain')
  throwPlain(_client: unknown, body: { kind: string }): never {
    throw throwables[body.kind]!();
  }

  @SubscribeMessage('guard')
  @UseGuards(FailingGuard)
  guard() {}

  @SubscribeMessage('denied')
  @UseGuards(RefusingGuard)
  denied() {}

  @SubscribeMessage('pipe')
  @UsePipes(FailingPipe)
  pipe(@MessageBody() _body: unknown) {}

  @SubscribeMessage('interceptor')
  @UseInterceptors(FailingInterceptor)
  interceptor() {}

  @SubscribeMessage('filter')
  @UseFilters(CrashingFilter)
  filter(): never {
    throw new FilterCrash('original failure');
  }

  @SubscribeMessage('stream')
  stream() {
    return timer(0, 5).pipe(
      take(3),
      map((data) => ({ event: 'stream', data })),
    );
  }

  @SubscribeMessage('stream.fails')
  streamFails() {
    const first = of({ event: 'stream', data: 'first' });
    return concat(first, timer(5).pipe(switchMap(() => throwError(() => new Error('failure in a stream')))));
  }

  @SubscribeMessage('feed')
  feed(@ConnectedSocket() client: any, @MessageBody('room') room: string) {
    client.user = { id: `listener of ${room}` };
    const subject = new Subject<unknown>();
    this.feeds.set(room, subject);
    return subject;
  }

  @SubscribeMessage('feed.end')
  endFeed(@ConnectedSocket() client: any, @MessageBody('room') room: string) {
    client.user = { id: `closer of ${room}` };
    this.feeds.get(room)?.error(new Error('the feed broke'));
    return { event: 'ended', data: {} };
  }

  @SubscribeMessage('manual')
  manual(): never {
    const error = new Error('captured, then thrown');
    this.tracker.captureException(error, { tags: { manual: 'yes' } });
    throw error;
  }

  @SubscribeMessage('wrapped')
  wrapped(): never {
    const inner = new Error('inner failure');
    this.tracker.captureException(inner);
    throw new Error('outer failure', { cause: inner });
  }

  @SubscribeMessage('reported')
  @Report({ status: { 404: 1 } })
  reported(): never {
    throw throwables.http404!();
  }

  @SubscribeMessage('as')
  as(@ConnectedSocket() client: any, @MessageBody() { place, who }: { place: string; who: string }): never {
    const user = { id: who, passwordHash: 'never-send-this' };
    if (place === 'client') client.user = user;
    if (place === 'data') (client.data ??= {}).user = user;
    if (place === 'resolver') client.resolved = who;
    if (place === 'broken') client.resolved = null;
    if (place === 'set') this.tracker.setUser({ id: who });
    throw new Error('failure of somebody');
  }

  @SubscribeMessage('checkout')
  async checkout(@MessageBody() { who, wait }: { who: string; wait: number }) {
    this.tracker.setUser({ id: who });
    this.tracker.setTag('who', who);
    this.tracker.addBreadcrumb('cart', `cart of ${who}`);
    await pause(wait);
    await this.pay(who);
  }

  @TrackOperation('chat.pay', { data: (who: string) => ({ who }) })
  async pay(who: string) {
    throw new Error(`no connection for ${who}`);
  }

  @SubscribeMessage('timer')
  timer(@MessageBody('who') who: string) {
    this.tracker.setUser({ id: who });
    this.tracker.addBreadcrumb('timer', `timer of ${who}`);
    setTimeout(() => {
      this.tracker.addBreadcrumb('timer', 'it rang');
      this.tracker.captureException(new Error('failure in a timer'));
    }, 5);
    return { event: 'started', data: {} };
  }

  @SubscribeMessage('secret')
  secret(@MessageBody() _body: unknown): never {
    throw new Error('failure with a secret');
  }
}

async function rejectSoon(error: Error): Promise<never> {
  await pause(1);
  throw error;
}
