import { Metadata } from '@grpc/grpc-js';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { type ClientGrpc } from '@nestjs/microservices';
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
  take,
  takeUntil,
  timer,
  toArray,
} from 'rxjs';
import type { Item } from './clerk.js';

const isStream = (method: string) => /Upload|Chat|Raw/.test(method);

type Call = (item: unknown, metadata?: Metadata) => Observable<Item>;

@Controller()
export class Front {
  constructor(@Inject('SHOP') private readonly client: ClientGrpc) {}

  /** Calls what the caller asks for, and answers what came back, an error as an answer too. */
  @Get('call/:method')
  call(
    @Param('method') method: string,
    @Req() _request: unknown,
    @Query('data') data = '{}',
    @Query('every') every?: string,
  ) {
    const items: Item[] = [JSON.parse(data)].flat();
    const pause = () => (every ? Number(every) : Math.random() * 10);
    // One after the other, so that those of several calls alternate.
    const sent = isStream(method) ? from(items).pipe(concatMap((item) => of(item).pipe(delay(pause())))) : items[0];
    return lastValueFrom(
      this.of(method)(sent).pipe(
        toArray(),
        map((answers) => ({ answers })),
        catchError(({ code, details, message, metadata }) => {
          const { date: _, ...trailers } = metadata?.getMap() ?? {};
          return of({ error: { code, details, message, trailers } });
        }),
      ),
    );
  }
  /** Lets the failure of a call be its own. */
  @Get('pass/:method')
  pass(@Param('method') method: string) {
    return lastValueFrom(this.of(method)({}));
  }
  /** Calls with metadata of the application's own, twice, and answers what arrived and what it still has. */
  @Get('metadata/:method')
  async metadata(@Param('method') method: string, @Query('trace') trace?: string) {
    const metadata = new Metadata();
    metadata.set('x-own', 'value');
    metadata.set('baggage', 'own=1');
    if (trace) metadata.set('sentry-trace', trace);
    const call = () => lastValueFrom(this.of(method)({}, metadata));
    const answers = [await call(), await call()].map(({ name }) => JSON.parse(name!));
    return { answers, own: metadata.getMap() };
  }
  /** Gives a call up after its first answer, or after a while. */
  @Get('cancel/:method')
  cancel(@Param('method') method: string) {
    const items = isStream(method) ? interval(5).pipe(map((n) => ({ n }))) : {};
    return lastValueFrom(this.of(method)(items).pipe(take(1), takeUntil(timer(60))), { defaultValue: {} });
  }
  /** Two calls at once, the failures of which are its own. */
  @Get('both')
  async both(@Query('names') names: string) {
    const all = names.split(',').map((name, at) => lastValueFrom(this.of('Slow')({ name, n: 30 * (at + 1) })));
    const settled = await Promise.allSettled(all);
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
  }
  /** Gives a call up, and tries again. */
  @Get('retry')
  async retry() {
    const metadata = new Metadata();
    await lastValueFrom(
      (this.of('Slow') as any)({ name: 'late', n: 100 }, metadata, { deadline: Date.now() + 30 }),
    ).catch(() => 0);
    return lastValueFrom(this.of('Slow')({ name: 'rpc', n: 200 }));
  }

  private of(method: string): Call {
    const [service, name] = method.includes('.') ? method.split('.') : ['Orders', method];
    const methods = this.client.getService<Record<string, Call>>(service!);
    return methods[name!] ?? methods[name![0]!.toLowerCase() + name!.slice(1)]!;
  }
}
