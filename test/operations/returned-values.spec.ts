import 'reflect-metadata';
import { getIsolationScope } from '@sentry/nestjs';
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import type * as rxjs from 'rxjs';
import {
  BehaviorSubject,
  connectable,
  groupBy,
  interval,
  lastValueFrom,
  Observable,
  of,
  publish,
  ReplaySubject,
  Subject,
  take,
} from 'rxjs';
import { initSentry } from '../../lib/init';
import { TrackOperation } from '../../lib/operations/track-operation';
import { Receiver } from '../harness/receiver';

let returned: unknown;
class Service {
  @TrackOperation('op') run(): any {
    return returned;
  }
}
const said = () =>
  getIsolationScope()
    .getScopeData()
    .breadcrumbs.map(({ message }) => message);

/** Members that may not be read or called to find out what the value is. */
function untouchable<T extends object>(value: T, names: PropertyKey[]): T {
  for (const name of names) {
    Object.defineProperty(value, name, {
      configurable: true,
      get: () => {
        throw new Error(`read ${String(name)}`);
      },
    });
  }
  return value;
}

/** As ky makes them: a native promise with methods. */
const ky = () => Object.assign(Promise.resolve('response'), { json: () => Promise.resolve({ of: 'json' }) });
class CancelablePromise<T> extends Promise<T> {
  cancelled = false;
  cancel() {
    this.cancelled = true;
  }
}
/** As execa makes them: a child process that is also a thenable. */
const execa = () => {
  const child = spawn(process.execPath, ['-e', '']);
  const ended = new Promise((resolve) => child.once('close', resolve));
  for (const name of ['then', 'catch', 'finally'] as const)
    Object.defineProperty(child, name, { value: (...args: any[]) => (ended as any)[name](...args) });
  return child;
};
/** As those of knex and mongoose: runs with `then` or `exec`, and has what makes it look like other things. */
class QueryBuilder {
  runs = 0;
  exec() {
    this.runs++;
    return Promise.resolve(['row']);
  }
  then(fulfilled: any, rejected: any) {
    return this.exec().then(fulfilled, rejected);
  }
}
/** As mongoose's QueryCursor: a stream whose `next` gives a document, or null at the end. */
class QueryCursor extends Readable {
  private left = 2;
  next() {
    return Promise.resolve(this.left > 0 ? { document: this.left--, done: true } : null);
  }
  close() {
    return Promise.resolve();
  }
}
const plainCursor = () =>
  untouchable({}, ['next', 'return', 'pipe', 'close', 'then', 'lift', 'subscribe', Symbol.asyncIterator]);

describe.each(['off', 'on'])('with Sentry %s', (state) => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await Receiver.start();
    initSentry({ dsn: receiver.dsn, enabled: state === 'on', environment: 'test', tracesSampleRate: 1 });
  });
  afterAll(() => receiver.close());
  beforeEach(() => {
    getIsolationScope().clearBreadcrumbs();
  });

  const call = <T>(value: T): T => {
    returned = value;
    return new Service().run() as T;
  };

  test.each<[string, () => object]>([
    ['a promise with methods', ky],
    ['a subclass of Promise', () => new CancelablePromise(() => undefined)],
    ['a promise with an accessor', () => untouchable(Promise.resolve(1), ['then'])],
    ['a child process that is a thenable', execa],
    ['a query builder', () => new QueryBuilder()],
    ['a lazy thenable', () => ({ then: () => undefined, requestTransaction: () => undefined })],
    ['a Subject', () => new Subject()],
    ['a BehaviorSubject', () => new BehaviorSubject(7)],
    ['a ReplaySubject', () => new ReplaySubject()],
    ['a piped Subject', () => new Subject().pipe(take(1))],
    ['a connectable', () => connectable(interval(1))],
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- still in use, with rxjs 7
    ['a ConnectableObservable', () => interval(1).pipe(publish())],
    ['a subclass of Observable', () => new (class Own extends Observable<unknown> {})()],
    ['a stream', () => Readable.from([1])],
    ['a cursor', () => new QueryCursor()],
    ['an object whose members may not be read', plainCursor],
    ['an iterator of its own kind', () => ({ next: () => ({ done: true }), [Symbol.iterator]: () => undefined })],
    ['a Proxy', () => new Proxy({}, { get: () => fail('get'), getPrototypeOf: () => fail('getPrototypeOf') })],
    ['a Map', () => new Map()],
  ])('%s is returned as it is, and the operation ends with the method', (_what, make) => {
    const value = make();
    const before = typeof value === 'object' && _what !== 'a Proxy' ? Reflect.ownKeys(value) : [];
    expect(call(value) === value).toBe(true);
    if (_what !== 'a Proxy') expect(Reflect.ownKeys(value)).toEqual(before);
    expect(said()).toEqual(state === 'on' ? ['op started', 'op completed'] : []);
  });

  test('what they can do, they still can', async () => {
    expect(await call(ky()).json()).toEqual({ of: 'json' });
    expect(await call(ky())).toBe('response');
    const cancelable = call(new CancelablePromise(() => undefined));
    cancelable.cancel();
    expect(cancelable.cancelled).toBe(true);
    const query = call(new QueryBuilder());
    expect(await query.exec()).toEqual(['row']);
    expect(await (query as any)).toEqual(['row']);
    expect(query.runs).toBe(2);
    expect(call(new BehaviorSubject(7)).value).toBe(7);
    const source = connectable(of(1, 2));
    const values: number[] = [];
    const shared = call(source);
    shared.subscribe((value) => values.push(value));
    shared.connect();
    expect(values).toEqual([1, 2]);
    const groups = await lastValueFrom(call(of(1, 3).pipe(groupBy((n) => n % 2))));
    expect(call(groups).key).toBe(1);
    const cursor = call(new QueryCursor());
    const documents = [];
    for (let found = await cursor.next(); found; found = await cursor.next()) documents.push(found.document);
    expect(documents).toEqual([2, 1]);
    expect(await (call(execa()) as unknown as PromiseLike<number>)).toBe(0);
  });

  test('a plain promise, Observable or generator is followed until its work ends', async () => {
    const ends = (count: number) => {
      expect(said().filter((text) => text === 'op completed')).toHaveLength(state === 'on' ? count : 0);
    };
    let settle: (value: string) => void = () => undefined;
    const promise = call(new Promise<string>((resolve) => (settle = resolve)));
    ends(0);
    settle('done');
    expect(await promise).toBe('done');
    ends(1);
    const stream = call(of(1, 2).pipe(take(2)));
    expect(stream).toBeInstanceOf(Observable);
    ends(1);
    expect(await lastValueFrom(stream)).toBe(2);
    ends(2);
    const generator = (function* () {
      yield 1;
    })();
    expect(call(generator)).toBe(generator);
    ends(2);
    expect([...generator]).toEqual([1]);
    ends(3);
  });

  test('a promise that a method returns again is the same one again, and each call is an operation', async () => {
    let settle: (value: string) => void = () => undefined;
    const kept = new Promise<string>((resolve) => (settle = resolve));
    const first = call(kept);
    expect(call(kept)).toBe(first);
    settle('done');
    expect(await first).toBe('done');
    expect(call(kept)).toBe(first);
    expect(await first).toBe('done');
    expect(said().filter((text) => text === 'op completed')).toHaveLength(state === 'on' ? 3 : 0);
  });

  test('calls that share a rejected promise fail, each of them', async () => {
    const kept = Promise.reject(new Error('shared'));
    await expect(call(kept)).rejects.toThrow('shared');
    await expect(call(kept)).rejects.toThrow('shared');
    expect(said().filter((text) => text === 'op failed')).toHaveLength(state === 'on' ? 2 : 0);
  });

  test('an Observable of another copy of rxjs stays one of that copy', async () => {
    let other!: typeof rxjs;
    jest.isolateModules(() => {
      other = jest.requireActual('rxjs');
    });
    expect(other.Observable).not.toBe(Observable);
    const stream = call(other.of('foreign').pipe(other.take(1)));
    expect(stream).toBeInstanceOf(other.Observable);
    expect(await other.lastValueFrom(stream)).toBe('foreign');
    expect(said()).toEqual(state === 'on' ? ['op started', 'op completed'] : []);
  });
});
