import { spawnApp, type Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';

const WAYS: [Lane, string][] = (['11', '12'] as const).flatMap((lane) =>
  ['inject', 'http2', 'mock', 'replaced', 'server'].map((via): [Lane, string] => [lane, via]),
);
const PATHS = [
  '/login/ada',
  '/anonymous',
  '/text',
  '/text',
  '/text',
  '/login/bob',
  '/fine',
  '/missing',
  '/behind-middleware',
  '/outer',
  '/anonymous',
];

// Each way on one of the lanes.
describe.each(representative(WAYS, (_way, index) => index % 2 === 0))('lane %s, requests by %s', (lane, VIA) => {
  let events: any[];
  let transactions: string[];
  let stderr = '';
  let report: any;

  beforeAll(async () => {
    const receiver = await Receiver.start();
    const env = {
      VIA,
      PATHS: PATHS.join(),
      SENTRY_DSN: receiver.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      SENTRY_INCLUDE_LOCAL_VARIABLES: 'false',
    };
    const child = spawnApp({ lane, app: 'direct-requests', env });
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const reported = new Promise((resolve) => child.once('message', resolve));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    report = await Promise.race([reported, ended.then(() => Promise.reject(new Error(stderr)))]);
    await ended;
    ({ events, transactions } = receiver);
    await receiver.close();
  });

  const valueOf = (event: any): string => event.exception.values.at(-1).value;
  const named = (value: string) => events.filter((event) => valueOf(event) === value);

  test('each failure is one event, three thrown texts are three', () => {
    const values = events.map(valueOf).filter((value) => !/same object|wrapper/.test(value));
    expect(values).toEqual([
      'login of ada failed',
      'anonymous failed',
      'a thrown text',
      'a thrown text',
      'a thrown text',
      'login of bob failed',
      'failed behind a middleware',
      'anonymous failed',
      'the outer request failed',
      'anonymous failed',
    ]);
  });

  test('user, tags and breadcrumbs of one request, and those of timers, are not on another', () => {
    const [ada] = named('login of ada failed');
    expect(ada).toMatchObject({ user: { id: 'ada' }, tags: { login: 'ada', region: 'north' } });
    expect(named('failed behind a middleware')[0].user).toMatchObject({ id: 'set in a middleware' });
    expect(named('the outer request failed')[0].user).toMatchObject({ id: 'outer' });
    for (const anonymous of named('anonymous failed')) {
      expect(anonymous.user?.id).toBeUndefined();
      expect(anonymous.tags).not.toHaveProperty('login');
      expect(anonymous.tags).not.toHaveProperty('timer');
      expect(anonymous.tags).toHaveProperty('region', 'north');
      expect(JSON.stringify(anonymous.breadcrumbs ?? [])).not.toMatch(/ada|timer/);
    }
  });

  test('each event names its own route, handler and request', () => {
    const facts = events
      .filter((event) => event.tags.handler)
      .map(({ transaction, tags, request }) => [transaction, tags.handler, request?.method]);
    expect(facts).toEqual([
      ['GET /login/:name', 'UsersController.login', 'GET'],
      ['GET /anonymous', 'UsersController.anonymous', 'GET'],
      ...Array(3).fill(['GET /text', 'UsersController.text', 'GET']),
      ['GET /login/:name', 'UsersController.login', 'GET'],
      ['GET /behind-middleware', 'UsersController.behindMiddleware', 'GET'],
      ['GET /anonymous', 'UsersController.anonymous', 'GET'],
      ['GET /outer', 'UsersController.outer', 'GET'],
      ['GET /anonymous', 'UsersController.anonymous', 'GET'],
    ]);
    const ids = events.filter((event) => event.tags.handler).map(({ tags }) => tags.request_id);
    expect(new Set(ids).size).toBe(10);
  });

  test('each request is a transaction of its own', () => {
    expect(transactions.filter((name) => name.startsWith('GET /login'))).toEqual([
      'GET /login/:name',
      'GET /login/:name',
    ]);
    expect(transactions).toContain('GET /fine');
    expect(transactions.filter((name) => name === 'GET /anonymous')).toHaveLength(3);
  });

  test('outside of requests the same object, and another wrapper of it, are reported each time', () => {
    expect(named('the same object')).toHaveLength(2);
    expect(events.filter((event) => event.exception.values.at(-1).value === 'another wrapper')).toHaveLength(2);
  });

  test('the answers are those of Nest, and nothing is printed', () => {
    expect(report.statuses).toEqual([...Array(6).fill(500), 200, 404, ...Array(3).fill(500)]);
    expect(stderr.replace(/\(node:\d+\) \[DEP\d+\][^\n]*\n\(Use `node[^\n]*\n/g, '')).toBe('');
    expect(report.status.hooks.requests).toBe(true);
  });
});
