import 'reflect-metadata';
import { applyDecorators, Controller, Get, SetMetadata } from '@nestjs/common';
import { getIsolationScope } from '@sentry/nestjs';
import { policyResolver, Report } from '../../lib/capture/report.decorator';
import { initSentry } from '../../lib/init';
import { ConfigurationError } from '../../lib/options/configuration-error';
import { SkipTracking, TrackOperation } from '../../lib/operations/track-operation';
import { Receiver } from '../harness/receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  initSentry({ dsn: receiver.dsn, environment: 'test', tracesSampleRate: 1 });
});
afterAll(() => receiver.close());

/** The operations that ran during the call. */
function operations(run: () => unknown): string[] {
  getIsolationScope().clearBreadcrumbs();
  run();
  const crumbs = getIsolationScope().getScopeData().breadcrumbs;
  return crumbs.flatMap(({ message = '' }) => (message.endsWith(' started') ? message.slice(0, -8) : []));
}

test('applyDecorators tracks, whatever stands around it', () => {
  const Tracked = (name: string) =>
    applyDecorators(SetMetadata('above', 1), TrackOperation(name), SetMetadata('below', 2));
  class Shop {
    @Tracked('composed') pay(amount: number) {
      return [this, amount];
    }
    @Tracked('static') static open() {
      return 'open';
    }
  }
  const shop = new Shop();
  expect(shop.pay(1)).toEqual([shop, 1]);
  expect(operations(() => shop.pay(1))).toEqual(['composed']);
  expect(operations(() => Shop.open())).toEqual(['static']);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- only inspected
  const method = Shop.prototype.pay;
  expect([Reflect.getMetadata('above', method), Reflect.getMetadata('below', method)]).toEqual([1, 2]);
  @applyDecorators(TrackOperation('whole'))
  class Whole {
    run() {
      return 1;
    }
  }
  expect(operations(() => new Whole().run())).toEqual(['whole.run']);
});

test('called by hand it tracks, with or without a descriptor', () => {
  class Shop {
    with() {
      return 1;
    }
    without() {
      return 2;
    }
  }
  const decorate = TrackOperation('by hand') as (...args: unknown[]) => unknown;
  decorate(Shop.prototype, 'with', Reflect.getOwnPropertyDescriptor(Shop.prototype, 'with'));
  decorate(Shop.prototype, 'without');
  expect(operations(() => new Shop().with())).toEqual(['by hand']);
  expect(operations(() => new Shop().without())).toEqual(['by hand']);
});

test('class expressions and mixins', () => {
  const [Anonymous] = [
    class {
      run() {
        return 1;
      }
    },
  ] as const;
  TrackOperation()(Anonymous);
  expect(operations(() => new Anonymous().run())).toEqual(['run']);
  const Crud = (resource: string) => {
    @TrackOperation(resource)
    class CrudMixin {
      list() {
        return resource;
      }
    }
    return CrudMixin;
  };
  class Cats extends Crud('cats') {}
  class Dogs extends Crud('dogs') {}
  expect([new Cats().list(), new Dogs().list()]).toEqual(['cats', 'dogs']);
  expect(operations(() => [new Cats().list(), new Dogs().list()])).toEqual(['cats.list', 'dogs.list']);
});

abstract class CrudController {
  abstract readonly resource: string;
  @Get() list() {
    return this.resource;
  }
  @TrackOperation() count() {
    return 1;
  }
  inner() {
    return 'not a handler';
  }
}
@Report({ status: { 404: 1 } })
@TrackOperation('cats')
@Controller('cats')
class CatsController extends CrudController {
  readonly resource = 'cats';
}
@Report({ status: { '5xx': 0 } })
@TrackOperation('dogs')
@Controller('dogs')
class DogsController extends CrudController {
  readonly resource = 'dogs';
}
@Controller('birds')
class BirdsController extends CrudController {
  readonly resource = 'birds';
}

test('@TrackOperation of subclasses that share an inherited handler holds for each by itself', () => {
  const [cats, dogs, birds] = [new CatsController(), new DogsController(), new BirdsController()];
  expect(operations(() => [cats, dogs, birds].map((of) => of.list()))).toEqual(['cats.list', 'dogs.list']);
  expect(operations(() => [cats, dogs, birds].map((of) => of.count()))).toEqual([
    'cats.count',
    'dogs.count',
    'CrudController.count',
  ]);
  expect(operations(() => cats.inner())).toEqual([]);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- only inspected
  const { list } = CatsController.prototype;
  expect([list.name, Reflect.getMetadata('path', list)]).toEqual(['list', '/']);
});

test('@Report of subclasses that share an inherited handler holds for each by itself', () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- only inspected
  const callback = CrudController.prototype.list;
  const policyOf = policyResolver({});
  const outcomes = (type: new () => object) =>
    [404, 500].map((status) =>
      policyOf({ controller: type.name, method: 'list', type, callback }).decide(
        new Error('x'),
        status,
        undefined,
        () => 0,
      ),
    );
  for (let round = 0; round < 2; round++) {
    expect(outcomes(CatsController)).toEqual(['report', 'report']);
    expect(outcomes(DogsController)).toEqual(['ignored', 'ignored']);
    expect(outcomes(BirdsController)).toEqual(['ignored', 'report']);
  }
});

test.each<[string, unknown, string]>([
  ['TrackOperation', TrackOperation, "@TrackOperation('name')"],
  ['SkipTracking', SkipTracking, '@SkipTracking()'],
  ['Report', Report, '@Report({ status: { 404: 1 } })'],
])('@%s without parentheses is refused with the fix', (name, factory, usage) => {
  const bare = factory as MethodDecorator & ClassDecorator;
  const message = (place: string) => `@${name} on ${place}: received "@${name} without parentheses"`;
  const defined = {
    'Shop.run': () => {
      class Shop {
        @bare run() {
          return 1;
        }
      }
      return Shop;
    },
    'Shop.open': () => {
      class Shop {
        @bare static open() {
          return 1;
        }
      }
      return Shop;
    },
  };
  for (const [place, define] of Object.entries(defined)) {
    expect(define).toThrow(ConfigurationError);
    expect(define).toThrow(message(place));
    expect(define).toThrow(`Fix: add the parentheses: ${usage}.`);
  }
  expect(() => {
    @bare
    class Shop {}
    return Shop;
  }).toThrow(message('Shop'));
});
