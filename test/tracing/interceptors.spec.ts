import { Controller, Get, Module, type CallHandler, type ExecutionContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InterceptorsConsumer } from '@nestjs/core/interceptors/interceptors-consumer';
import * as Sentry from '@sentry/nestjs';
import type { AddressInfo } from 'node:net';
import { finalize, isObservable, lastValueFrom, map, Observable } from 'rxjs';
import { patchInterceptors } from '../../lib/hooks/interceptors';
import { startSentry } from '../../lib/init';
import { SentryModule } from '../../lib/index';
import { stats } from '../../lib/stats/stats';
import { TracingInterceptor } from '../../lib/tracing/tracing.interceptor';
import { Receiver } from '../harness/receiver';

let receiver: Receiver;
let rate = 1;
beforeAll(async () => {
  receiver = await Receiver.start();
  startSentry(
    { dsn: receiver.dsn, environment: 'test', sdk: { tracesSampler: () => rate, defaultIntegrations: false } },
    '',
  );
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.clear();
  rate = 1;
});

class Cats {
  async find() {
    return Sentry.startSpan({ name: 'work' }, () => 'a cat');
  }
}
class Loud {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return Sentry.startSpanManual({ name: 'loud' }, (span) =>
      next.handle().pipe(
        map((value) => `${value as string}!`),
        finalize(() => {
          span.end();
        }),
      ),
    );
  }
}

async function run(interceptors: object[], kind = 'graphql'): Promise<{ result: unknown; value: unknown }> {
  const cats = new Cats();
  const consumer = new InterceptorsConsumer();
  const outcome = await Sentry.startSpan({ name: 'root', forceTransaction: true }, async () => {
    const result = await consumer.intercept(
      interceptors as never,
      [],
      cats,
      cats.find.bind(cats),
      () => cats.find(),
      kind as never,
    );
    return { result, value: isObservable(result) ? await lastValueFrom(result) : result };
  });
  await Sentry.flush();
  return outcome;
}

/** The path of a span from the root. */
function pathTo(name: string): string[] {
  const spans = receiver.items.flatMap(({ type, payload }) =>
    type === 'transaction' ? [payload.contexts.trace, ...payload.spans] : [],
  );
  const path = [];
  for (
    let at = spans.find(({ description }) => description === name);
    at;
    at = spans.find((each) => each.span_id === at.parent_span_id)
  )
    path.unshift(at.description ?? 'root');
  return path;
}

const ours = new TracingInterceptor();

// This runs first: afterwards, the hook is in place.
test('where the hook is missing, the interceptor makes the span', async () => {
  const { value } = await run([new Loud(), ours]);
  expect(value).toBe('a cat!');
  expect(pathTo('work')).toEqual(['root', 'loud', 'Cats.bound find', 'work']);
});

describe('with the hook', () => {
  beforeAll(() => {
    patchInterceptors();
    expect(stats.hooks.interceptors).toBe(true);
  });

  test('the span is around all interceptors, and each of the application runs', async () => {
    const { value } = await run([new Loud(), ours]);
    expect(value).toBe('a cat!');
    expect(pathTo('work')).toEqual(['root', 'Cats.bound find', 'loud', 'work']);
  });

  test.each(['graphql', 'http', 'rpc', 'ws'])('without another interceptor, %s has no Observable', async (kind) => {
    expect((await run([ours], kind)).result).toBe('a cat');
  });

  test('a module that is imported twice, and a second copy of this package, make one span', async () => {
    const other = { intercept: jest.fn(), [Symbol.for('nestjs-error-tracker.tracing-interceptor')]: true };
    expect((await run([ours, new TracingInterceptor(), other])).result).toBe('a cat');
    expect(other.intercept).not.toHaveBeenCalled();
    expect(pathTo('work')).toEqual(['root', 'Cats.bound find', 'work']);
  });

  test('an application without this module has no span', async () => {
    expect((await run([new Loud()])).value).toBe('a cat!');
    expect(pathTo('work')).toEqual(['root', 'loud', 'work']);
  });

  test('the same list for another handler is not taken for the first', async () => {
    const list = [ours];
    await run(list);
    const other = new InterceptorsConsumer();
    class Dogs {
      async bark() {
        return Sentry.startSpan({ name: 'woof' }, () => 'woof');
      }
    }
    const dogs = new Dogs();
    const bark = Reflect.get(dogs, 'bark') as () => unknown;
    await Sentry.startSpan({ name: 'root', forceTransaction: true }, () =>
      other.intercept(list as never, [], dogs, bark, () => dogs.bark(), 'http' as never),
    );
    await Sentry.flush();
    expect(pathTo('woof')).toEqual(['root', 'Dogs.bark', 'woof']);
  });

  test.each([
    ['an untraced request', 0],
    ['a traced request', 1],
  ])('%s of a handler without interceptors subscribes to nothing', async (_what, sampled) => {
    rate = sampled;
    @Controller()
    class CatsController {
      @Get('cat')
      cat() {
        return { name: 'tom' };
      }
    }
    @Module({ imports: [SentryModule.forRoot()], controllers: [CatsController] })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const subscribe = jest.spyOn(Observable.prototype, 'subscribe');
    const answer = await (await fetch(`http://127.0.0.1:${port}/cat`)).json();
    const count = subscribe.mock.calls.length;
    subscribe.mockRestore();
    await app.close();
    expect(answer).toEqual({ name: 'tom' });
    expect(count).toBe(0);
  });
});
