import { mainly, variation } from '../harness/scale';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { AppProcess, ending, spawnApp } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';

const lanes = mainly('11');
const valuesOf = (receiver: Receiver): string[] =>
  receiver.events.map((event) => event.message ?? event.exception.values.at(-1).value);

describe.each(lanes)('lane %s', (lane) => {
  let receiver: Receiver;
  let app: AppProcess | undefined;

  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await app?.stop('SIGKILL');
    app = undefined;
    await receiver.close();
  });

  const start = async (env: Record<string, string>) => {
    app = await AppProcess.start({ lane, app: 'http', env: { START: 'init', SENTRY_ENVIRONMENT: 'test', ...env } });
    return app;
  };

  test('SIGTERM sends everything, then the process ends by the signal as with Nest alone', async () => {
    const running = await start({ SENTRY_DSN: receiver.dsn, SENTRY_TRACES_SAMPLE_RATE: '1' });
    await Promise.all(Array.from({ length: 100 }, () => fetch(`${running.url}/cats/throw/error/1`)));
    expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(valuesOf(receiver)).toEqual(Array(100).fill('plain failure'));
    expect(receiver.transactions).toHaveLength(100);
  });

  test('every event has the source lines of all its frames, the first and those after it', async () => {
    const running = await start({ SENTRY_DSN: receiver.dsn });
    for (let at = 0; at < 3; at++) await fetch(`${running.url}/cats/throw/error/1`);
    await poll(() => {
      expect(receiver.events).toHaveLength(3);
    });
    const stacks = receiver.events.map((event) =>
      event.exception.values[0].stacktrace.frames.filter(({ filename }: any) => !filename.startsWith('node:')),
    );
    for (const frames of stacks) {
      expect(frames.length).toBeGreaterThan(2);
      for (const frame of frames) expect(frame).toHaveProperty('context_line');
    }
    expect(stacks[1]).toEqual(stacks[0]);
    expect(stacks[2]).toEqual(stacks[0]);
  });

  variation('a receiver that never responds delays a shutdown by shutdownTimeout at most', async () => {
    const silent = await listen();
    const { port } = silent.address() as AddressInfo;
    const running = await start({ SENTRY_DSN: `http://key@127.0.0.1:${port}/1`, SENTRY_SHUTDOWN_TIMEOUT: '300ms' });
    await fetch(`${running.url}/cats/throw/error/1`);
    const before = Date.now();
    await running.stop();
    const took = Date.now() - before;
    silent.close();
    expect(took).toBeGreaterThanOrEqual(250);
    expect(took).toBeLessThan(5_000);
  });

  test('an unreachable Sentry fails no request; undelivered envelopes wait on disk', async () => {
    const gone = await listen();
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const running = await start({ SENTRY_DSN: `http://key@127.0.0.1:${port}/1`, FLUSH_TIMEOUT: '2s' });
    expect((await fetch(`${running.url}/cats/throw/http503/1`)).status).toBe(503);
    const status = await running.status();
    expect(status.state).toBe('degraded');
    const { delivered, waiting, spooled, dropped } = status.delivery;
    expect({ delivered, spooled, dropped }).toEqual({ delivered: 0, spooled: waiting, dropped: {} });
    expect(waiting).toBeGreaterThanOrEqual(1);
    expect(status.flushed).toBe(false);
    expect(status.delivery.lastFailure.reason).toBe('ECONNREFUSED');
  });

  test('disabled: everything works, nothing is sent', async () => {
    const running = await start({ SENTRY_DSN: receiver.dsn, SENTRY_ENABLED: 'false' });
    expect((await fetch(`${running.url}/cats/checkout/1?fail=1`)).status).toBe(500);
    expect(await (await fetch(`${running.url}/cats/walk`)).json()).toEqual([0, 1, 2]);
    expect(await (await fetch(`${running.url}/cats/handled`)).json()).toEqual({ answer: 'handled' });
    expect((await fetch(`${running.url}/cats/noted`)).status).toBe(200);
    expect((await fetch(`${running.url}/cats/isolated`)).status).toBe(500);
    expect(await running.status()).toMatchObject({ state: 'disabled', enabled: false });
    await running.stop();
    expect(receiver.items).toEqual([]);
  });

  test('hooks of the application that throw: the event is sent, the faults are counted', async () => {
    const running = await start({ SENTRY_DSN: receiver.dsn, BROKEN_HOOKS: '1' });
    await fetch(`${running.url}/cats/broken-hooks`, { headers: { 'x-user': 'ann' } });
    const { faults } = await running.status();
    expect(valuesOf(receiver)).toEqual(['failure beside broken hooks']);
    expect(receiver.events[0].user?.id).toBeUndefined();
    expect(faults).toMatchObject({ 'operation-data': 1, ignore: 1 });
    expect(faults['user-resolver']).toBeGreaterThanOrEqual(1);
    expect(faults['context-tags']).toBeGreaterThanOrEqual(1);
  });

  test('without a DSN, production logs once that nothing is sent, and works', async () => {
    const running = await start({ SENTRY_ENVIRONMENT: 'production' });
    expect((await fetch(`${running.url}/cats/throw/error/1`)).status).toBe(500);
    const status = await running.status();
    expect(status).toMatchObject({ state: 'disabled', dsnConfigured: false });
    expect(running.output.match(/No SENTRY_DSN/g)).toHaveLength(1);
  });

  test('a late start logs once what it loses and names the entry points that lose nothing', async () => {
    const running = await start({
      START: 'late',
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'production',
      LOGGER: 'on',
    });
    expect(running.output.match(/Sentry was started by SentryModule/g)).toHaveLength(1);
    expect(running.output).toMatch(/nestjs-error-tracker\/init.*nestjs-error-tracker\/register/s);
  });

  test('local variables are in the event, not in the log, and keep neither a port open nor the process alive', async () => {
    const running = await start({ SENTRY_DSN: receiver.dsn, SENTRY_INCLUDE_LOCAL_VARIABLES: 'true', LOGGER: 'on' });
    await poll(async () => {
      receiver.clear();
      await fetch(`${running.url}/cats/checkout/77?fail=1`);
      await running.status();
      expect(JSON.stringify(receiver.events[0].exception)).toContain('"vars":{"order":{"id":77}');
    });
    expect(running.output).toContain('no connection for order 77');
    expect(running.output).not.toContain('LOCAL_VARIABLES');
    expect(running.output).not.toMatch(/debugger|ws:/i);
    expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  });

  test('an invalid variable fails the start with its fix', async () => {
    const child = spawnApp({ lane, app: 'http', env: { START: 'init', SENTRY_SAMPLE_RATE: '7' } });
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    expect((await ending(child)).code).toBe(1);
    expect(output).toContain('SENTRY_SAMPLE_RATE: received 7; expected a number from 0 to 1. Fix:');
  });
});

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
