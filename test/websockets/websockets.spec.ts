import { AppProcess, ending, spawnApp, type Lane, type Platform } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { CONCURRENT, isFull, representative, thinned } from '../harness/scale';
import { expectations } from './expectations';
import { SocketClient, type Sockets } from './socket-client';

const combinations: [Lane, Sockets, Platform, string][] = [
  ['11', 'socket.io', 'express', 'init'],
  ['11', 'ws', 'fastify', 'register'],
  ['12', 'socket.io', 'fastify', 'late'],
  ['12', 'ws', 'express', 'register'],
];

const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;
const crumbsOf = (event: any): string[] => (event.breadcrumbs ?? []).map(({ message }: any) => message);

// Both lanes, both socket servers, both platforms.
describe.each(representative(combinations, (_row, index) => index === 0 || index > 2))(
  'lane %s, %s on %s, started by %s',
  (lane, SOCKETS, PLATFORM, START) => {
    let receiver: Receiver;
    let app: AppProcess;
    let bare: AppProcess;
    const clients: SocketClient[] = [];

    const env = () => ({
      PLATFORM,
      SOCKETS,
      START,
      LOGGER: 'on',
      NO_COLOR: '1',
      SCOPED: lane === '12' ? '1' : undefined,
      SENTRY_DSN: receiver.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      SENTRY_ENVIRONMENT: 'test',
    });
    const nodeOptions = START === 'register' ? ['--import', 'nestjs-error-tracker/register'] : [];
    const open = async ({ url }: AppProcess, headers?: Record<string, string>) => {
      const client = await SocketClient.open(SOCKETS, url, headers);
      clients.push(client);
      return client;
    };

    beforeAll(async () => {
      receiver = await Receiver.start();
      [app, bare] = await Promise.all([
        AppProcess.start({ lane, app: 'websockets', env: env(), nodeOptions }),
        AppProcess.start({
          lane,
          app: 'websockets',
          env: { ...env(), START: undefined, SENTRY_DSN: undefined, BARE: '1' },
        }),
      ]);
    });

    afterEach(() => {
      for (const client of clients.splice(0)) client.close();
    });

    afterAll(async () => {
      await Promise.all([app.stop('SIGKILL'), bare.stop('SIGKILL'), receiver.close()]);
    });

    test.each(thinned(expectations, lane === '11').map((row) => [row.name, row] as const))('%s', async (_name, row) => {
      receiver.clear();
      const [client, bareClient] = await Promise.all([open(app, row.headers), open(bare, row.headers)]);
      const [answers, bareAnswers] = await Promise.all(
        [client, bareClient].map((each) => each.ask(row.event, row.payload)),
      );
      await app.status();
      expect(receiver.events.map(valueOf)).toEqual(
        row.reported === undefined ? [] : [expect.stringContaining(row.reported)],
      );
      if (row.reported !== undefined) {
        expect(receiver.events[0].transaction).toBe(`ws ${row.event}`);
        if (row.holds) expect(receiver.events[0]).toMatchObject(row.holds);
        if (row.holds && 'user' in row.holds) expect(receiver.bytes).not.toContain('never-send-this');
        expect(receiver.events[0].tags).toMatchObject({ platform: SOCKETS });
        expect(receiver.events[0].tags).not.toHaveProperty('connecting');
      }
      expect(answers).toEqual(bareAnswers);
    });

    test('no user without identification', async () => {
      receiver.clear();
      const client = await open(app);
      await client.ask('as', { place: 'nobody', who: 'ann' });
      await app.status();
      expect(receiver.events[0].user?.id).toBeUndefined();
    });

    test('an event is one transaction with a span of its handler', async () => {
      receiver.clear();
      const client = await open(app);
      await client.ask('checkout', { who: 'ann', wait: 0 });
      await client.ask('stream');
      await poll(async () => {
        await app.status();
        expect(receiver.transactions.filter((name) => name !== 'ws drain')).toEqual(
          expect.arrayContaining(['ws checkout', 'ws stream', 'ws connect']),
        );
      });
      const named = (name: string) => receiver.spans.filter((span) => span.name === name);
      expect(named('ws checkout')).toHaveLength(1);
      expect(named('ws checkout')[0]).toMatchObject({ op: 'websocket.server', data: { pattern: 'checkout' } });
      expect(named('ChatGateway.checkout')).toMatchObject([{ op: 'handler.nestjs' }]);
      expect(new Set([...named('ws checkout'), ...named('ChatGateway.checkout')].map(({ trace }) => trace)).size).toBe(
        1,
      );
      expect(named('chat.pay')[0]!.trace).toBe(named('ws checkout')[0]!.trace);
      expect(named('ws stream')[0]!.trace).not.toBe(named('ws checkout')[0]!.trace);
      const [stream] = named('ws stream');
      expect(stream!.end - stream!.start).toBeGreaterThan(0.009);
      const [handler] = named('ChatGateway.stream');
      expect(handler!.end - handler!.start).toBeGreaterThan(0.009);
    });

    test('the transaction of an event has its status', async () => {
      receiver.clear();
      const client = await open(app);
      for (const kind of ['error', 'ws']) await client.ask('throw', { kind });
      await client.ask('stream.fails');
      await client.ask('fine');
      const failed = (name: string) =>
        receiver.items.flatMap(({ type, payload }) => {
          if (type === 'transaction') return payload.transaction === name ? [payload.contexts.trace.status] : [];
          return type === 'span'
            ? payload.items.filter((span: any) => span.name === name).map((span: any) => span.status)
            : [];
        });
      await poll(async () => {
        await app.status();
        expect(failed('ws throw')).toHaveLength(2);
        expect(failed('ws fine')).toEqual(['ok']);
      });
      expect(failed('ws throw')).toEqual([expect.stringContaining('error'), 'ok']);
      expect(failed('ws stream.fails')).toEqual([expect.stringContaining('error')]);
    });

    test('events continue the trace of the handshake, each in its own transaction', async () => {
      receiver.clear();
      const trace = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
      const client = await open(app, { 'sentry-trace': `${trace}-1234567890abcdef-1` });
      await client.ask('throw', { kind: 'error' });
      await client.ask('fine');
      await poll(async () => {
        await app.status();
        expect(receiver.transactions).toEqual(expect.arrayContaining(['ws throw', 'ws fine']));
      });
      expect(receiver.events[0].contexts.trace.trace_id).toBe(trace);
      for (const name of ['ws throw', 'ws fine'])
        expect(receiver.spans.find((span) => span.name === name)!.trace).toBe(trace);
    });

    test('a stream that fails during another event is reported for the event that started it', async () => {
      receiver.clear();
      const [listener, closer] = await Promise.all([open(app), open(app)]);
      listener.send('feed', { room: 'lobby' });
      await listener.drain();
      await closer.ask('feed.end', { room: 'lobby' });
      await app.status();
      expect(receiver.events.map(valueOf)).toEqual(['the feed broke']);
      expect(receiver.events[0]).toMatchObject({
        transaction: 'ws feed',
        user: { id: 'listener of lobby' },
        tags: { handler: 'ChatGateway.feed' },
      });
    });

    test(`${CONCURRENT} concurrent clients are isolated`, async () => {
      receiver.clear();
      const names = Array.from({ length: CONCURRENT }, (_, n) => `user-${n}-`);
      const all = await Promise.all(names.map(() => open(app)));
      for (const [n, client] of all.entries()) client.send('checkout', { who: names[n], wait: (n * 7) % 40 });
      for (const [n, client] of all.entries()) client.send('timer', { who: names[n] });
      await Promise.all(all.map((client) => client.drain()));
      await poll(async () => {
        await app.status();
        expect(receiver.events).toHaveLength(2 * CONCURRENT);
      });
      const [payments, timers] = ['no connection', 'failure in a timer'].map((part) =>
        receiver.events.filter((event) => valueOf(event).includes(part)),
      );
      expect(payments!.map((event) => event.user.id).sort()).toEqual([...names].sort());
      expect(timers!.map((event) => event.user.id).sort()).toEqual([...names].sort());
      for (const event of payments!) {
        const who = event.user.id;
        expect(event.tags.who).toBe(who);
        expect(valueOf(event)).toBe(`no connection for ${who}`);
        expect(event.contexts.payload.data.who).toBe(who);
        expect(event.contexts.operation).toMatchObject({
          name: 'chat.pay',
          chain: [{ name: 'chat.pay', data: { who } }],
        });
        expect(crumbsOf(event)).toEqual([`cart of ${who}`, 'chat.pay started', 'chat.pay failed']);
      }
      for (const event of timers!) {
        expect(event.tags).not.toHaveProperty('who');
        expect(crumbsOf(event)).toEqual([`timer of ${event.user.id}`, 'it rang']);
      }
    });

    test('secrets in a payload are scrubbed', async () => {
      receiver.clear();
      const client = await open(app);
      await client.ask('secret', { password: 'open-sesame-1', card: '4111 1111 1111 1111', note: 'harmless' });
      await app.status();
      expect(receiver.events[0].contexts.payload.data.note).toBe('harmless');
      for (const secret of ['open-sesame', '4111 1111']) expect(receiver.bytes).not.toContain(secret);
    });

    test.each([
      ['connect', 'x-connect', 'reject', 'rejection in handleConnection', 'handleConnection'],
      ['disconnect', 'x-leave', 'yes', 'rejection in handleDisconnect', 'handleDisconnect'],
    ])('%s rejects: reported once', async (name, header, value, message, method) => {
      receiver.clear();
      const client = await open(app, { [header]: value, 'x-passport': 'passport' });
      client.close();
      await poll(async () => {
        await app.status();
        expect(receiver.events.map(valueOf)).toEqual([message]);
        expect(receiver.transactions).toContain(`ws ${name}`);
      });
      expect(receiver.events[0]).toMatchObject({
        transaction: `ws ${name}`,
        user: { id: 'passport' },
        tags: { handler: `ChatGateway.${method}`, pattern: name },
      });
      expect(receiver.events[0].exception.values[0].mechanism).toMatchObject({
        type: 'auto.ws.nestjs',
        handled: false,
      });
    });

    test('an ignored rejection of handleConnection is not reported', async () => {
      receiver.clear();
      const client = await open(app, { 'x-connect': 'ignored' });
      await client.ask('fine');
      await app.status();
      expect(receiver.events).toEqual([]);
    });

    if (SOCKETS === 'socket.io') {
      test('events over HTTP long polling are not part of the request that carried them', async () => {
        receiver.clear();
        const client = await SocketClient.open(SOCKETS, app.url, {}, 'polling');
        clients.push(client);
        await client.ask('checkout', { who: 'poller', wait: 0 });
        await poll(async () => {
          await app.status();
          expect(receiver.transactions).toContain('ws checkout');
        });
        expect(receiver.events[0]).toMatchObject({ transaction: 'ws checkout', user: { id: 'poller' } });
        expect(receiver.events[0].request).toBeUndefined();
        const trace = receiver.events[0].contexts.trace.trace_id;
        expect(
          receiver.spans
            .filter((span) => span.trace === trace)
            .map(({ name }) => name)
            .sort(),
        ).toEqual(['ChatGateway.checkout', 'chat.pay', 'ws checkout']);
      });
    }

    if (lane === '12') {
      const visit = async (target: AppProcess) => (await open(target)).ask('visit', { who: 'ann' });

      test('a gateway of request scope: its handler throws', async () => {
        receiver.clear();
        expect(await visit(app)).toEqual(await visit(bare));
        await app.status();
        expect(receiver.events.map(valueOf)).toEqual(['failure of a visit']);
        expect(receiver.events[0]).toMatchObject({
          transaction: 'ws visit',
          tags: { handler: 'VisitGateway.throw', pattern: 'visit' },
          user: { id: 'ann' },
        });
      });

      // On socket.io Nest 12 alone fails over its own answer to such a connection: it holds the socket.
      if (SOCKETS === 'ws')
        test('a gateway of request scope: it cannot be made', async () => {
          const answers = async (target: AppProcess) => {
            const breaker = await open(target);
            await breaker.ask('break.visits', { broken: true });
            receiver.clear();
            const answer = await visit(target);
            await breaker.ask('break.visits', { broken: false });
            // That of the connection can arrive before the client listens; both say the same.
            return new Set(answer.map(({ event, data }: any) => `${event}: ${data.status} ${data.message}`));
          };
          const alone = await answers(bare);
          expect(await answers(app)).toEqual(alone);
          await app.status();
          expect(receiver.events.map((event) => [event.transaction, event.tags.handler, valueOf(event)])).toEqual([
            ['ws connect', 'VisitGateway.handleConnection', 'failure in a constructor'],
            ['ws visit', 'VisitGateway.throw', 'failure in a constructor'],
          ]);
        });
    }

    test('Nest logs the same as without the module', () => {
      const logged = ({ output }: AppProcess) =>
        output
          .split('\n')
          .map((line) => /(ERROR|WARN) \[(Ws|Io)\w+\].*/.exec(line)?.[0])
          .filter((line) => line !== undefined && !/feed broke|no connection|secret|somebody/.test(line));
      expect(logged(bare).length).toBeGreaterThan(5);
      expect(logged(app).sort()).toEqual(expect.arrayContaining(logged(bare).sort()));
    });

    test('no unexpected faults are counted', async () => {
      const { faults } = await app.status();
      expect(Object.keys(faults).filter((name) => name !== 'user-resolver')).toEqual([]);
      expect(faults['user-resolver']).toBeGreaterThan(0);
    });

    const fates: [string, object, Record<string, string> | undefined, string, string][] = [
      ['afterInit throws', { FAIL: 'init' }, undefined, 'failure in afterInit', 'ws init'],
      ['handleConnection throws', {}, { 'x-connect': 'throw' }, 'failure in handleConnection', 'ws connect'],
      ['a filter throws', {}, {}, 'the filter itself failed', 'ws filter'],
    ];
    // The last is the one that depends on the lane.
    test.each(representative(fates, (_fate, at) => (at === 2) === (lane === '12')))(
      '%s: one event, and the process ends or survives as without the module',
      async (name, extra, headers, message, transaction) => {
        receiver.clear();
        const fate = name === 'a filter throws' && lane === '12' ? 'survived' : 1;
        const run = async (own: object) => {
          const child = spawnApp({ lane, app: 'websockets', env: { ...env(), ...extra, ...own }, nodeOptions: [] });
          const ended = ending(child);
          child.stdout!.resume();
          child.stderr!.resume();
          if (headers) {
            const port = await new Promise<number>((resolve) =>
              child.once('message', ({ port }: any) => {
                resolve(port);
              }),
            );
            const client = await SocketClient.open(SOCKETS, `http://127.0.0.1:${port}`, headers);
            clients.push(client);
            if (name === 'a filter throws') client.send('filter', {});
          }
          if (fate === 'survived') {
            await poll(() => {
              expect(own === alone || receiver.events.length > 0).toBe(true);
            });
            child.kill('SIGTERM');
            await ended;
            return 'survived';
          }
          return (await ended).code;
        };
        const alone = { BARE: '1', START: undefined, SENTRY_DSN: undefined };
        expect(await run({ START: START === 'register' ? 'init' : START })).toBe(fate);
        expect(receiver.events.map(valueOf)).toEqual([message]);
        expect(receiver.events[0].transaction).toBe(transaction);
        if (name === 'a filter throws')
          expect(receiver.events[0].contexts['original error']).toEqual({ type: 'Error', value: 'original failure' });
        if (isFull) expect(await run(alone)).toBe(fate);
      },
    );
  },
);

const untraced: [Lane, Sockets, Platform][] = [
  ['11', 'socket.io', 'express'],
  ['12', 'ws', 'fastify'],
];
describe.each(representative(untraced, ([lane]) => lane === '11'))(
  'lane %s, %s on %s, tracing off, three applications in the process',
  (lane, SOCKETS, PLATFORM) => {
    let receiver: Receiver;
    let app: AppProcess;
    const clients: SocketClient[] = [];
    const open = async (url: string) => {
      const client = await SocketClient.open(SOCKETS, url);
      clients.push(client);
      return client;
    };

    beforeAll(async () => {
      receiver = await Receiver.start();
      const env = {
        PLATFORM,
        SOCKETS,
        START: 'init',
        OTHERS: '1',
        SENTRY_DSN: receiver.dsn,
        SENTRY_ENVIRONMENT: 'test',
      };
      app = await AppProcess.start({ lane, app: 'websockets', env: { ...env, SENTRY_TRACES_SAMPLE_RATE: '0' } });
    });

    afterAll(async () => {
      for (const client of clients) client.close();
      await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    });

    test('concurrent events are isolated', async () => {
      receiver.clear();
      const names = Array.from({ length: 20 }, (_, n) => `user-${n}-`);
      const all = await Promise.all(names.map(() => open(app.url)));
      for (const [n, client] of all.entries()) client.send('checkout', { who: names[n], wait: (n * 7) % 20 });
      await Promise.all(all.map((client) => client.drain()));
      await poll(async () => {
        await app.status();
        expect(receiver.events).toHaveLength(20);
      });
      expect(receiver.events.map((event) => event.user.id).sort()).toEqual([...names].sort());
      for (const event of receiver.events) {
        const who = event.user.id;
        expect(event.tags.who).toBe(who);
        expect(crumbsOf(event)).toEqual([`cart of ${who}`, 'chat.pay started', 'chat.pay failed']);
      }
      expect(new Set(receiver.events.map((event) => event.contexts.trace.trace_id)).size).toBe(20);
      expect(receiver.transactions).toEqual([]);
    });

    test('each application reports by its own options; one without the module reports nothing', async () => {
      receiver.clear();
      const first = await open(app.url);
      const [{ data: ports }] = (await first.ask('ports')) as [{ data: number[] }];
      expect(ports).toHaveLength(3);
      const [second, unwatched] = await Promise.all(ports.slice(1).map((port) => open(`http://127.0.0.1:${port}`)));
      for (const client of [first, second!, unwatched!]) {
        await client.ask('throw', { kind: 'error' });
        await client.ask('throw', { kind: 'ignored' });
      }
      await app.status();
      expect(receiver.events.map((event) => [valueOf(event), event.tags.app])).toEqual([
        ['plain failure', undefined],
        ['never reported', 'second'],
      ]);
    });
  },
);
