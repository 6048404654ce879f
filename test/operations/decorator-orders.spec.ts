import 'reflect-metadata';
import { SetMetadata } from '@nestjs/common';
import { types } from 'node:util';
import { defer, lastValueFrom, of } from 'rxjs';
import { initSentry } from '../../lib/init';
import { SkipTracking, TrackOperation } from '../../lib/operations/track-operation';
import { Receiver } from '../harness/receiver';

const SetMark = (value: string) => SetMetadata('marked', value);
const CopyToWrapper = (): MethodDecorator => (_target, _key, descriptor) => {
  const original = descriptor.value as unknown as (...args: unknown[]) => unknown;
  const copy = function (this: unknown, ...args: unknown[]) {
    return original.apply(this, args);
  };
  for (const key of Reflect.getMetadataKeys(original))
    Reflect.defineMetadata(key, Reflect.getMetadata(key, original), copy);
  descriptor.value = copy as never;
};

class Above {
  @TrackOperation()
  @SetMark('below')
  run(a: number, b: number) {
    return [this, a, b];
  }
}
class Below {
  @SetMark('above')
  @TrackOperation()
  run(a: number, b: number) {
    return [this, a, b];
  }
}
class Between {
  @SetMark('outer')
  @TrackOperation()
  @SetMetadata('second', 'inner')
  run(a: number, b: number) {
    return [this, a, b];
  }
}
class AboveCopy {
  @TrackOperation()
  @CopyToWrapper()
  @SetMark('through a copy')
  run(...args: number[]) {
    return [this, ...args];
  }
}
class BelowCopy {
  @CopyToWrapper()
  @TrackOperation()
  @SetMark('through a copy')
  run(...args: number[]) {
    return [this, ...args];
  }
}
@TrackOperation()
class WholeClass {
  @SetMark('of a method')
  run(a: number, b: number) {
    return [this, a, b];
  }
}
@TrackOperation('renamed')
class WholeClassWithOwn {
  @SetMark('of a method')
  @TrackOperation('own')
  run(a: number, b: number) {
    return [this, a, b];
  }
}

class Kinds {
  @TrackOperation() sync() {
    return shared;
  }
  @TrackOperation() async asynchronous() {
    return shared;
  }
  @TrackOperation() *generator() {
    yield shared;
  }
  @TrackOperation() async *asyncGenerator() {
    yield shared;
  }
  @TrackOperation() static staticMethod() {
    return shared;
  }
  @TrackOperation() fails(): never {
    throw failure;
  }
  @TrackOperation() async rejects(): Promise<never> {
    throw failure;
  }
}
const shared = { the: 'same object' };
const failure = new Error('the same error');

describe.each(['off', 'on'])('with Sentry %s', (state) => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await Receiver.start();
    if (state === 'on') initSentry({ dsn: receiver.dsn, environment: 'test', tracesSampleRate: 1 });
  });
  afterAll(() => receiver.close());

  test.each([
    ['above @SetMetadata', Above, 'below', 2],
    ['below @SetMetadata', Below, 'above', 2],
    ['between two', Between, 'outer', 2],
    ['above a decorator that wraps', AboveCopy, 'through a copy', 0],
    ['below a decorator that wraps', BelowCopy, 'through a copy', 0],
    ['on the class', WholeClass, 'of a method', 2],
    ['on the class and the method', WholeClassWithOwn, 'of a method', 2],
  ])('%s: keeps metadata, length, this and the result', (_order, type, mark, length) => {
    const instance = new type();
    // The function is inspected, not called.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const method = type.prototype.run;
    expect(Reflect.getMetadata('marked', method)).toBe(mark);
    expect(method).toHaveLength(length);
    expect(instance.run(1, 2)).toEqual([instance, 1, 2]);
  });

  test('keeps every metadata key of a method', () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
    expect(Reflect.getMetadata('second', Between.prototype.run)).toBe('inner');
  });

  test('a method keeps its name and its kind', async () => {
    const prototype = Kinds.prototype;
    expect(['sync', 'asynchronous', 'generator'].map((key) => (prototype as any)[key].name)).toEqual([
      'sync',
      'asynchronous',
      'generator',
    ]);
    expect(prototype.asynchronous.constructor.name).toBe('AsyncFunction');
    const kinds = new Kinds();
    expect(kinds.sync()).toBe(shared);
    expect(Kinds.staticMethod()).toBe(shared);
    expect(types.isPromise(kinds.asynchronous())).toBe(true);
    expect(await kinds.asynchronous()).toBe(shared);
    expect([...kinds.generator()]).toEqual([shared]);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
    const { generator, asyncGenerator } = prototype;
    expect(kinds.generator()).toBeInstanceOf(generator);
    expect(kinds.asyncGenerator()).toBeInstanceOf(asyncGenerator);
    const steps = [];
    for await (const step of kinds.asyncGenerator()) steps.push(step);
    expect(steps).toEqual([shared]);
  });

  test('returns a lazy thenable unchanged, which runs once for each await', async () => {
    let runs = 0;
    const builder = {
      then: (fulfilled: (rows: string[]) => unknown) => {
        runs++;
        return Promise.resolve(['row']).then(fulfilled);
      },
    };
    class Repository {
      @TrackOperation() query() {
        return builder;
      }
    }
    const query = new Repository().query();
    expect(query).toBe(builder);
    expect(runs).toBe(0);
    expect(await (query as unknown as Promise<string[]>)).toEqual(['row']);
    expect(runs).toBe(1);
  });

  test('a custom iterator keeps its identity and its return method', () => {
    const onReturn = jest.fn(() => ({ done: true as const, value: undefined }));
    let n = 0;
    const iterator = {
      next: () => ({ done: false, value: n++ }),
      return: onReturn,
      [Symbol.iterator]() {
        return this;
      },
    };
    class Walker {
      @TrackOperation() walk() {
        return iterator;
      }
    }
    const walked = new Walker().walk();
    expect(walked).toBe(iterator);
    for (const value of walked) if (value === 2) break;
    expect(onReturn).toHaveBeenCalledTimes(1);
  });

  test('frozen objects and objects with throwing getters are returned unchanged', () => {
    const frozen = Object.freeze({ then: () => undefined });
    const throwing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
      },
    );
    class Results {
      @TrackOperation() frozen() {
        return frozen;
      }
      @TrackOperation() throwing() {
        return throwing;
      }
    }
    expect(new Results().frozen()).toBe(frozen);
    expect(new Results().throwing()).toBe(throwing);
  });

  test('an Observable runs once for each subscription, and not earlier', async () => {
    let runs = 0;
    const source = defer(() => of(++runs));
    class Streams {
      @TrackOperation() stream() {
        return source;
      }
    }
    const stream = new Streams().stream();
    expect(runs).toBe(0);
    expect(await lastValueFrom(stream)).toBe(1);
    expect(await lastValueFrom(stream)).toBe(2);
  });

  test('throws the same error object as the method', async () => {
    const kinds = new Kinds();
    expect(() => kinds.fails()).toThrow(failure);
    await expect(kinds.rejects()).rejects.toBe(failure);
  });
});

test('rejects accessors and properties, with their name', () => {
  expect(() => {
    class WithAccessor {
      @TrackOperation() get total() {
        return 1;
      }
    }
    return WithAccessor;
  }).toThrow(/@TrackOperation on WithAccessor\.total: received "an accessor"; expected a method/);
  expect(() => {
    class WithProperty {
      total = 1;
    }
    const decorate = TrackOperation() as (target: object, key: string) => void;
    decorate(WithProperty.prototype, 'total');
  }).toThrow(/@TrackOperation on WithProperty\.total: received "a property"/);
});

test('rejects an invalid option, with its path', () => {
  expect(() => {
    class Wrong {
      @TrackOperation('x', { slowerThan: 'soon' as never }) run() {
        return 1;
      }
    }
    return Wrong;
  }).toThrow(/@TrackOperation on Wrong\.run\.slowerThan: received "soon"/);
});

test('on a class, ignores accessors and skipped methods', () => {
  const getter = jest.fn(() => 5);
  @TrackOperation()
  class Mixed {
    get value() {
      return getter();
    }
    @SkipTracking()
    skipped() {
      return 1;
    }
  }
  expect(getter).not.toHaveBeenCalled();
  expect(new Mixed().value).toBe(5);
  expect(new Mixed().skipped()).toBe(1);
});
