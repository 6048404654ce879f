import type { ChildProcess } from 'node:child_process';
import { ending, spawnApp, type Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { isFull, mainly, representative } from '../harness/scale';

const lanes: Lane[] = ['11', '12'];
const valuesOf = (receiver: Receiver): string[] =>
  receiver.events.map((event) => event.message ?? event.exception.values.at(-1).value);

interface Ended {
  code: number | null;
  signal: string | null;
  output: string;
}

const withOutput = async (child: ChildProcess): Promise<Ended> => {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { ...(await ending(child)), output };
};

interface Row {
  name: string;
  env: Record<string, string>;
  events: string[];
  code: number;
  holds?: object;
  /** Where `npm test` runs it: each cause and each end once. */
  usually?: Lane;
}

const starts: Row[] = [
  { name: 'all is well', env: {}, events: [], code: 0 },
  ...['constructor', 'factory', 'onModuleInit', 'onApplicationBootstrap'].map((place): Row => ({
    name: place,
    env: { FAIL: place },
    events: [`${place} fails`],
    code: 1,
    holds: { level: 'fatal' },
    usually: place === 'constructor' ? '12' : undefined,
  })),
  // Nest exits if a provider cannot be created; if a hook fails, only Node does.
  ...['factory', 'onModuleInit'].flatMap((place): Row[] => [
    { name: `${place}, a string`, env: { FAIL: `${place}:string` }, events: [`${place} fails as a string`], code: 1 },
    {
      name: `${place}, of a context`,
      env: { FAIL: place, KIND: 'context' },
      events: [`${place} fails`],
      code: 1,
      usually: place === 'factory' ? '11' : undefined,
    },
    {
      name: `${place}, abortOnError: false, handled`,
      env: { FAIL: place, ABORT: 'false', HANDLED: '1' },
      events: [`${place} fails`],
      code: 3,
      usually: place === 'factory' ? '11' : undefined,
    },
    {
      name: `${place}, abortOnError: false, not handled, while connections are open`,
      env: { FAIL: place, ABORT: 'false', POOL: '1' },
      events: [`${place} fails`],
      code: 1,
      usually: place === 'onModuleInit' ? '11' : undefined,
    },
  ]),
  {
    name: 'onModuleInit names its provider',
    env: { FAIL: 'onModuleInit' },
    events: ['onModuleInit fails'],
    code: 1,
    holds: { transaction: 'Fragile.onModuleInit', tags: { handler: 'Fragile.onModuleInit' } },
    usually: '11',
  },
  { name: 'a port that is in use', env: { FAIL: 'port', POOL: '1' }, events: ['EADDRINUSE'], code: 1 },
  {
    name: 'a port that is in use, on Fastify',
    env: { FAIL: 'port', PLATFORM: 'fastify' },
    events: ['EADDRINUSE'],
    code: 1,
    usually: '12',
  },
  {
    name: 'onModuleInit, on Fastify',
    env: { FAIL: 'onModuleInit', PLATFORM: 'fastify' },
    events: ['onModuleInit fails'],
    code: 1,
  },
  {
    name: 'Node continues after unhandled rejections',
    env: { FAIL: 'onModuleInit', NODE_OPTIONS: '--unhandled-rejections=warn' },
    events: ['onModuleInit fails'],
    code: 0,
    usually: '11',
  },
];

describe.each(lanes)('a failed start, lane %s', (lane) => {
  const rows = representative(starts, ({ usually }) => usually === lane);
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(() => receiver.close());

  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, { env, events, code, holds }) => {
    const common = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    const ended = await withOutput(spawnApp({ lane, app: 'edges-bootstrap', env: { ...common, ...env } }));
    const isHandled = env.HANDLED === '1';
    expect(valuesOf(receiver)).toEqual(events.map((value) => expect.stringContaining(value)));
    expect({ code: ended.code, signal: ended.signal }).toEqual({ code, signal: null });
    expect(ended.output.includes('handled: ')).toBe(isHandled);
    if (holds) expect(receiver.events[0]).toMatchObject(holds);
    if (!isFull) return;
    const bare = await withOutput(spawnApp({ lane, app: 'edges-bootstrap', env: { ...env, BARE: '1' } }));
    expect({ code: bare.code, signal: bare.signal }).toEqual({ code, signal: null });
    expect(bare.output.includes('handled: ')).toBe(isHandled);
  });
});

test.each(mainly('11'))(
  'lane %s: a failed start with an unreachable Sentry ends after shutdownTimeout',
  async (lane) => {
    const env = {
      SENTRY_DSN: 'http://key@127.0.0.1:9/1',
      SENTRY_ENVIRONMENT: 'test',
      SENTRY_SHUTDOWN_TIMEOUT: '300ms',
      FAIL: 'factory',
    };
    expect((await withOutput(spawnApp({ lane, app: 'edges-bootstrap', env }))).code).toBe(1);
  },
);

describe.each(mainly('11'))('a failed shutdown, lane %s', (lane) => {
  const phases = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'];
  const kinds = ['http', 'context'];

  const combinations = phases.flatMap((phase) => kinds.map((kind) => [phase, kind] as const));
  // One phase of a server, one of a context; one on a signal.
  const rows = representative(combinations, (_row, index) => index === 0 || index === 5);
  test.each(rows)('%s, %s', async (phase, KIND) => {
    const receiver = await Receiver.start();
    const env = { KIND, FAIL: phase, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    const run = async (own: Record<string, string>) =>
      (await withOutput(spawnApp({ lane, app: 'edges-bootstrap', env: { ...own, HANDLED: '1' } }))).code;
    const code = await run(env);
    expect(valuesOf(receiver)).toEqual([`${phase} fails`]);
    expect(receiver.events[0]).toMatchObject({ level: 'error', tags: { handler: `Fragile.${phase}` } });
    await receiver.close();
    expect(code).toBe(3);
    if (isFull) expect(await run({ KIND, FAIL: phase, BARE: '1' })).toBe(3);
  });

  test.each(representative(phases, (_phase, index) => index === 1))('%s after SIGTERM', async (phase) => {
    const receiver = await Receiver.start();
    const stopped = async (env: Record<string, string>) => {
      const child = spawnApp({ lane, app: 'edges-bootstrap', env: { ...env, FAIL: phase, SIGNALS: '1' } });
      await new Promise((resolve) => child.once('message', resolve));
      const end = ending(child);
      child.kill('SIGTERM');
      return end;
    };
    const end = { code: 1, signal: null };
    expect(await stopped({ SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' })).toEqual(end);
    expect(valuesOf(receiver)).toEqual([`${phase} fails`]);
    await receiver.close();
    if (isFull) expect(await stopped({ BARE: '1' })).toEqual(end);
  });
});

describe.each(mainly('11'))('an application context, lane %s', (lane) => {
  test('closing it sends what was captured', async () => {
    const receiver = await Receiver.start();
    const env = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_TRACES_SAMPLE_RATE: '1' };
    expect((await withOutput(spawnApp({ lane, app: 'edges-context', env }))).code).toBe(0);
    await poll(() => {
      expect(receiver.events).toHaveLength(5);
    }, 2_000);
    const of = (value: string) => receiver.events.find((event) => event.exception.values.at(-1).value === value);
    expect(of('by hand').tags).toMatchObject({ where: 'script' });
    expect(of('cannot import cats.csv').contexts.operation).toMatchObject({
      name: 'import.run',
      chain: [{ name: 'import.run', data: { file: 'cats.csv' } }],
    });
    expect(of('nobody awaits this').exception.values[0].mechanism.handled).toBe(false);
    for (const name of ['ann', 'bob']) expect(of(`isolated ${name}`)).toMatchObject({ user: { id: name } });
    expect(of('by hand').user?.id).toBeUndefined();
    const operations = receiver.spans.filter(({ name }) => name === 'import.run');
    expect(operations).toHaveLength(3);
    expect(new Set(operations.map(({ trace }) => trace)).size).toBe(3);
    expect(operations.map(({ parent }) => parent)).toEqual([undefined, undefined, undefined]);
    await receiver.close();
  });
});
