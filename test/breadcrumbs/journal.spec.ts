import * as Sentry from '@sentry/nestjs';
import { startSentry } from '../../lib/init';
import { TrackOperation } from '../../lib/index';
import { Receiver } from '../harness/receiver';

let receiver: Receiver;
let client: Sentry.NodeClient;
beforeAll(async () => {
  receiver = await Receiver.start();
  client = startSentry(
    {
      dsn: receiver.dsn,
      environment: 'test',
      throttle: false,
      maxBreadcrumbs: 8,
      tracesSampleRate: 1,
      sdk: { defaultIntegrations: false },
    },
    '',
  )!;
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.clear();
});

class Shop {
  @TrackOperation('pay')
  pay(run?: () => void) {
    run?.();
  }
  @TrackOperation('poll', { data: () => ({ jobs: 0 }) })
  poll(times: number) {
    if (times > 1) this.poll(times - 1);
  }
}
const shop = new Shop();

/** How many breadcrumbs the SDK holds for the running code, without asking it for them. */
const added = (scope = Sentry.getIsolationScope()) =>
  (scope as unknown as { _breadcrumbs: unknown[] })._breadcrumbs.length;
/** How many wait to be added. */
const noted = (scope: Sentry.Scope) =>
  (scope as unknown as Record<symbol, { breadcrumbs: unknown[] } | undefined>)[
    Symbol.for('nestjs-error-tracker.breadcrumb-journal')
  ]?.breadcrumbs.length;
const messages = (event: any): string[] => (event.breadcrumbs ?? []).map(({ message }: any) => message);
async function sent(): Promise<any[]> {
  await Sentry.flush();
  return receiver.events;
}

test('an execution without an event adds no breadcrumb, whatever it traces', () => {
  Sentry.withIsolationScope(() => {
    shop.pay();
    Sentry.startSpan({ name: 'child' }, () => {
      shop.pay();
    });
    expect(added()).toBe(0);
  });
});

test('breadcrumbs are in order with those of others, at their own time', async () => {
  const now = jest.spyOn(Date, 'now');
  const at = (seconds: number) => now.mockReturnValue(seconds * 1000);
  Sentry.withIsolationScope(() => {
    at(2_000_000_001);
    shop.pay(() => {
      at(2_000_000_002);
      Sentry.addBreadcrumb({ message: 'between' });
      at(2_000_000_003);
    });
    at(2_000_000_004);
    Sentry.getIsolationScope().addBreadcrumb({ message: 'on the scope itself' });
    at(2_000_000_009);
    Sentry.captureException(new Error('in order'));
  });
  now.mockRestore();
  const [event] = await sent();
  expect(event.breadcrumbs.map(({ message, timestamp }: any) => [message, timestamp])).toEqual([
    ['pay started', 2_000_000_001],
    ['between', 2_000_000_002],
    ['pay completed', 2_000_000_003],
    ['on the scope itself', 2_000_000_004],
  ]);
});

test('data is what it was when the breadcrumb was made', async () => {
  const order = { id: 1 };
  class Orders {
    @TrackOperation('order', { data: () => order })
    run() {
      order.id = 2;
    }
  }
  Sentry.withIsolationScope(() => {
    new Orders().run();
    Sentry.captureException(new Error('data'));
  });
  expect((await sent())[0].breadcrumbs[0].data).toEqual({ id: 1 });
});

test('as many are kept as maxBreadcrumbs, the last ones', async () => {
  Sentry.withIsolationScope((scope) => {
    scope.addBreadcrumb({ category: 'operation', message: 'pay started', level: 'info', data: {} });
    for (let at = 0; at < 1_020; at++) shop.pay();
    expect(added(scope)).toBe(1);
    expect(noted(scope)).toBeLessThanOrEqual(200);
    shop.poll(1);
    Sentry.captureException(new Error('many'));
  });
  const [event] = await sent();
  expect(messages(event)).toHaveLength(8);
  expect(messages(event).slice(-3)).toEqual(['pay completed', 'poll started', 'poll completed']);
});

test('of many that are folded, as many are kept as without a journal', async () => {
  class Queue {
    @TrackOperation('drain', { data: () => ({ jobs: 0 }) })
    drain(times: number) {
      if (times > 1) this.drain(times - 1);
      else Sentry.captureException(new Error('folded, many'));
    }
  }
  Sentry.withIsolationScope(() => {
    for (let at = 0; at < 20; at++) shop.pay();
    new Queue().drain(500);
  });
  const [event] = await sent();
  expect(messages(event)).toHaveLength(8);
  expect(messages(event).slice(-3)).toEqual(['pay started', 'pay completed', 'drain started']);
  expect(event.breadcrumbs.at(-1).data).toEqual({ jobs: 0, count: 500 });
});

test('equal ones in a row are counted, also beside one of the application', async () => {
  Sentry.withIsolationScope(() => {
    shop.poll(3);
    Sentry.captureException(new Error('folded'));
  });
  const [event] = await sent();
  expect(event.breadcrumbs[0]).toMatchObject({ message: 'poll started', data: { jobs: 0, count: 3 } });
  receiver.clear();
  Sentry.withIsolationScope(() => {
    class Polls {
      @TrackOperation('polls')
      run() {
        Sentry.addBreadcrumb({ category: 'operation', message: 'polls started', level: 'info', data: {} });
        throw Sentry.captureException(new Error('folded'));
      }
    }
    expect(() => {
      new Polls().run();
    }).toThrow();
  });
  const [other] = await sent();
  expect(other.breadcrumbs).toMatchObject([{ message: 'polls started', data: { count: 2 } }]);
});

test('forks: withIsolationScope() has those before it, and keeps its own', async () => {
  Sentry.withIsolationScope(() => {
    shop.pay(() => {
      Sentry.withIsolationScope(() => {
        shop.poll(1);
        Sentry.captureException(new Error('inner'));
      });
      Sentry.withScope(() => {
        shop.pay();
      });
    });
    Sentry.captureException(new Error('outer'));
  });
  const [inner, outer] = await sent();
  expect(messages(inner)).toEqual(['pay started', 'poll started', 'poll completed']);
  expect(messages(outer)).toEqual(['pay started', 'pay started', 'pay completed', 'pay completed'].slice(1));
  expect(outer.breadcrumbs[0].data.count).toBe(2);
});

test('an application that asks for the last one gets it, and one that clears has none', async () => {
  Sentry.withIsolationScope((scope) => {
    shop.pay();
    expect(scope.getLastBreadcrumb()).toMatchObject({ message: 'pay completed' });
    shop.pay();
    expect(scope.getScopeData().breadcrumbs).toHaveLength(4);
    shop.pay();
    expect(scope.clone().getLastBreadcrumb()).toMatchObject({ message: 'pay completed' });
    shop.pay();
    scope.clearBreadcrumbs();
    Sentry.captureException(new Error('cleared'));
  });
  expect(messages((await sent())[0])).toEqual([]);
});

test('outside of executions they are added at once', () => {
  const before = added();
  shop.pay();
  expect(added()).toBe(before + 2);
  Sentry.getIsolationScope().clearBreadcrumbs();
});

test('with a beforeBreadcrumb of the application they are added at once', () => {
  const options = client.getOptions();
  const { beforeBreadcrumb } = options;
  const seen: unknown[] = [];
  options.beforeBreadcrumb = (breadcrumb) => {
    seen.push(breadcrumb.message);
    return null;
  };
  Sentry.withIsolationScope(() => {
    shop.pay();
  });
  options.beforeBreadcrumb = beforeBreadcrumb;
  expect(seen).toEqual(['pay started', 'pay completed']);
});

test('something that listens to breadcrumbs hears of them at once', () => {
  const seen: unknown[] = [];
  const stop = client.on('beforeAddBreadcrumb', ({ message }) => seen.push(message));
  Sentry.withIsolationScope(() => {
    shop.pay();
  });
  stop();
  expect(seen).toEqual(['pay started', 'pay completed']);
  Sentry.withIsolationScope(() => {
    shop.pay();
    expect(added()).toBe(0);
  });
});

test('of two clients, each adds what was made with it, by its own options', () => {
  const options = client.getOptions();
  const other = Object.create(client, {
    getOptions: { value: () => ({ ...options, maxBreadcrumbs: 1 }) },
  }) as Sentry.NodeClient;
  Sentry.withIsolationScope((isolation) => {
    Sentry.startSpan({ name: 'around' }, () => {
      shop.pay();
      Sentry.withScope((scope) => {
        scope.setClient(other);
        shop.poll(1);
      });
      expect(added()).toBe(2);
    });
    expect(isolation.getScopeData().breadcrumbs.map(({ message }) => message)).toEqual(['poll completed']);
  });
});
