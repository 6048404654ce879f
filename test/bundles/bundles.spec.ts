import { AppProcess, ending, spawnApp, type Lane, type Platform } from '../harness/app-process';
import { freePort } from '../harness/free-port';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { representative, variation } from '../harness/scale';
import { SocketClient } from '../websockets/socket-client';
import { bundleApp, type Bundler } from './bundle';

const combinations: [Lane, Platform, Bundler][] = [
  ['11', 'express', 'esbuild'],
  ['12', 'fastify', 'esbuild'],
  ['11', 'fastify', 'esbuild, minified'],
  ['12', 'express', 'esbuild, minified'],
  ['11', 'fastify', 'webpack'],
  ['11', 'express', 'webpack, minified'],
  ['11', 'express', 'webpack, packages outside'],
  ['12', 'express', 'webpack'],
  ['11', 'express', 'esbuild, modules as CommonJS'],
  ['11', 'fastify', 'webpack, modules as CommonJS'],
  ['12', 'fastify', 'webpack, packages outside'],
];

/** Each bundler and each lane. */
const rows = representative(combinations, (_row, at) => [3, 4, 8].includes(at));

describe.each(rows)('beside other copies, lane %s on %s, bundled by %s', (lane, PLATFORM, bundler) => {
  const minify = bundler.endsWith('minified');
  let receiver: Receiver;
  let app: AppProcess;
  let main: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    receiver = await Receiver.start();
    main = await bundleApp(lane, 'bundle', bundler);
    env = {
      PLATFORM,
      RPC_PORT: String(await freePort()),
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'test',
      SENTRY_INCLUDE_LOCAL_VARIABLES: 'true', // V8 copies all variables of a bundle for each throw
      SENTRY_RELEASE: '1.0.0',
    };
    app = await AppProcess.start({ lane, app: 'bundle', main, env });
  }, 300_000);

  afterAll(async () => {
    await app.stop('SIGKILL');
    await receiver.close();
  });

  async function failuresOf(path: string, init?: RequestInit): Promise<any[]> {
    receiver.clear();
    await fetch(`${app.url}${path}`, init).then((response) => response.text());
    await app.status();
    return receiver.events;
  }
  const name = (type: string, method: string) => (minify ? method : `${type}.${method}`);

  test.each([
    ['/boom', 'boom in a bundle', name('CatsController', 'boom')],
    ['/stream', 'stream in a bundle', name('CatsController', 'stream')],
    ['/middleware', 'middleware in a bundle', undefined],
    ['/made', 'made in a bundle', 'fails'],
  ])('%s is reported once, named by what the application named itself', async (path, value, handler) => {
    const events = await failuresOf(path);
    expect(events.map(({ exception }) => exception.values.at(-1).value)).toEqual([value]);
    if (handler) expect(events[0].tags.handler).toBe(handler);
    expect(events[0].transaction).toBe(`GET ${path}`);
  });

  test.each(['/bad', '/refused'])('%s: an expected error is not reported', async (path) => {
    expect(await failuresOf(path)).toEqual([]);
  });

  test('the failure of a message is reported', async () => {
    const events = await failuresOf('/rpc');
    expect(events.map(({ exception }) => exception.values.at(-1).value)).toEqual(['message in a bundle']);
    expect(events[0].tags).toMatchObject({
      kind: 'rpc',
      pattern: 'cats.fail',
      handler: name('CatsController', 'fail'),
    });
  });

  test('the failure of an event listener is reported', async () => {
    const events = await failuresOf('/event');
    expect(events.map(({ exception }) => exception.values.at(-1).value)).toEqual(['listener in a bundle']);
    expect(events[0].tags.handler).toBe(name('CatsListener', 'lost'));
  });

  test('the failure of a socket event is reported', async () => {
    receiver.clear();
    const socket = await SocketClient.open('ws', `${app.url}/ws`);
    socket.send('fail', {});
    await poll(async () => {
      await app.status();
      expect(receiver.events.map(({ exception }) => exception.values.at(-1).value)).toEqual(['gateway in a bundle']);
    });
    expect(receiver.events[0].tags).toMatchObject({ kind: 'ws', handler: name('CatsGateway', 'fail') });
    socket.close();
  });

  test('the failure of a GraphQL field is reported', async () => {
    const body = JSON.stringify({ query: 'query Cat { cat(id: 7) }' });
    const headers = { 'content-type': 'application/json' };
    const events = await failuresOf('/graphql', { method: 'POST', headers, body });
    expect(events.map(({ exception }) => exception.values.at(-1).value)).toEqual(['resolver in a bundle, 7']);
    expect(events[0]).toMatchObject({ transaction: 'query cat', tags: { handler: name('CatsResolver', 'cat') } });
  });

  const once = minify ? test : variation;
  once('a provider that cannot be created is reported, and ends the process as Nest does', async () => {
    receiver.clear();
    const failing = spawnApp({ lane, app: 'bundle', main, env: { ...env, FAILS: '1' } });
    expect(await ending(failing)).toEqual({ code: 1, signal: null });
    expect(receiver.events.map(({ exception }) => exception.values.at(-1).value)).toEqual(['constructor in a bundle']);
    expect(receiver.events[0].level).toBe('fatal');
  });

  test('every hook has found its place, and nothing is said', async () => {
    const { hooks } = await app.status();
    expect(hooks).toMatchObject({
      bootstrap: true,
      exceptions: true,
      interceptors: true,
      streams: true,
      microservices: true,
      websockets: true,
      graphql: true,
    });
    expect(Object.keys(hooks).filter((hook) => hooks[hook] === false)).toEqual([]);
    expect(app.output).not.toContain('Could not hook into Nest');
  });
});
