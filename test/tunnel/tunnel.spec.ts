import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { AppProcess } from '../harness/app-process';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { lanesAndPlatforms, representative } from '../harness/scale';
import { bomb, browserEvent, envelope, eventId, send } from './envelopes';
import { plenty, withTunnel, type TunnelSettings } from './tunnel-app';

const SECRET = 'hunter2-of-the-browser';
let receiver: FaultyReceiver;
beforeEach(async () => {
  receiver = await FaultyReceiver.start();
});
afterEach(async () => {
  await receiver.close();
});

const withApp = <T>(settings: TunnelSettings, use: (app: AppProcess) => Promise<T>) =>
  withTunnel(receiver, settings, use);

const itemsOf = () => receiver.taken.flatMap(({ items }) => items);
const eventsOf = (): any[] => itemsOf().flatMap(({ type, payload }) => (type === 'event' ? [payload] : []));

describe.each(lanesAndPlatforms)('the tunnel, lane %s on %s', (lane, platform) => {
  const settings = { lane, platform };

  test('forwards what a page sends, scrubbed; the application sees nothing of it, and no trace tells of it', async () => {
    await withApp(settings, async (app) => {
      const message = `login with password=${SECRET}`;
      const body = browserEvent(receiver.dsn, {
        breadcrumbs: [{ message }],
        user: { id: '7', ip_address: '{{auto}}' },
      });
      const answers = [
        await send(app.url, body, { headers: { cookie: `session=${SECRET}`, authorization: `Bearer ${SECRET}` } }),
        await send(app.url, gzipSync(body), { headers: { 'content-encoding': 'gzip' }, path: '/monitoring/?v=1' }),
      ];
      expect(answers.map(({ status, body: { id } }) => [status, id])).toEqual([[200, eventId], [200, eventId]]); // prettier-ignore
      expect((await send(app.url, '{}', { path: '/monitoring-of-others' })).body).toEqual({ from: 'the application' });
      const { tunnel, delivery } = await app.status();
      expect(tunnel).toEqual({ accepted: 2, forwarded: 2, refused: {} });
      expect(delivery.waiting).toBe(0);
      expect(eventsOf()).toHaveLength(2);
      expect(eventsOf()[0]).toMatchObject({ event_id: eventId, platform: 'javascript', user: { id: '7' } });
      expect(eventsOf()[0].user).toEqual({ id: '7' });
      expect(eventsOf()[0].sdk).toMatchObject({ name: 'sentry.javascript.browser', settings: { infer_ip: 'never' } });
      const everything = JSON.stringify(receiver.taken);
      expect(everything).not.toContain(SECRET);
      expect(everything).not.toMatch(/(?:POST|GET) \/monitoring\/?"/);
      expect(everything).toContain('POST /monitoring-of-others');
      expect(app.output).not.toMatch(/"url":"\/monitoring["/]/);
      const seen = await (await fetch(`${app.url}/seen`)).json();
      expect(seen).toEqual(['middleware', 'guard']); // the request to the application
    });
  });

  test('refuses, with a reason that is counted, and connects to nobody', async () => {
    const foreign = await FaultyReceiver.start();
    const host = `127.0.0.1:${receiver.port}`;
    const event = (dsn: unknown) => browserEvent(dsn as string);
    const own = receiver.dsn;
    const cases: [reason: string, status: number, body: string | Buffer, options?: Parameters<typeof send>[2]][] = [
      ['dsn', 403, event(foreign.dsn)],
      ['dsn', 403, event(`http://key@${host}@127.0.0.1:${foreign.port}/1`)],
      ['dsn', 403, event(`http://key@127.0.0.1:${foreign.port}/1#@${host}/1`)],
      ['dsn', 403, event(own.replace('key', 'other'))],
      ['dsn', 403, event(own.replace(/1$/, '2'))],
      ['dsn', 403, event(own.replace('127.0.0.1', 'localhost'))],
      ['dsn', 403, event({ toString: own })],
      ['dsn', 403, event(undefined), { headers: { host: `127.0.0.1:${foreign.port}` } }],
      ['origin', 403, event(own), { headers: { origin: 'https://evil.example' } }],
      ['origin', 403, event(own), { headers: { origin: 'null' } }],
      ['origin', 403, event(own), { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }],
      ['method', 405, '', { method: 'GET' }],
      ['too_large', 413, Buffer.alloc(1_100_000, ' ')],
      ['too_large', 413, bomb, { headers: { 'content-encoding': 'gzip' } }],
      ['too_large', 413, envelope(own, ...Array.from({ length: 101 }, (): [string, object] => ['session', {}]))],
      ['encoding', 415, event(own), { headers: { 'content-encoding': 'zstd' } }],
      ['malformed', 400, event(own), { headers: { 'content-encoding': 'gzip' } }],
      ['malformed', 400, ''],
      ['malformed', 400, 'hello'],
      ['malformed', 400, `${event(own).split('\n').slice(0, 2).join('\n')}\n{"event_id":`],
      ['malformed', 400, envelope(own, ['event', []]).replace('[]', '['.repeat(5_000))],
      ['malformed', 400, event(own).replace('"type":"event"', '"type":"event","length":99999')],
    ];
    await withApp(settings, async (app) => {
      const expected: Record<string, number> = {};
      for (const [reason, status, body, options] of cases) {
        const answer = await send(app.url, body, options);
        expect([reason, answer.status]).toEqual([reason, status]);
        expect(answer.body.detail).toEqual(expect.any(String));
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expected[reason] = (expected[reason] ?? 0) + 1;
      }
      expect((await app.status()).tunnel).toEqual({ accepted: 0, forwarded: 0, refused: expected });
      expect(eventsOf()).toEqual([]);
    });
    expect([foreign.connections, foreign.requests]).toEqual([0, 0]);
    await foreign.close();
  });
});

describe.each(representative(lanesAndPlatforms, (_row, at) => at === 0))(
  'options of the tunnel, lane %s on %s',
  (lane, platform) => {
    const settings = { lane, platform };

    test('only the kinds of items that are wanted', async () => {
      const items: [string, unknown][] = [
        ['event', { event_id: eventId, message: 'one' }],
        ['session', { sid: eventId, init: true, attrs: { ip_address: '{{auto}}', release: '1' } }],
        ['replay_event', { replay_id: eventId }],
        ['log', { items: [] }],
        ['client_report', { timestamp: 1, discarded_events: [] }],
        ['../event', {}],
      ];
      await withApp(settings, async (app) => {
        expect((await send(app.url, envelope(receiver.dsn, ...items))).status).toBe(200);
        expect((await send(app.url, envelope(receiver.dsn, ['log', { items: [] }]))).status).toBe(200);
        expect((await app.status()).tunnel).toEqual({ accepted: 1, forwarded: 1, refused: { type: 4 } });
      });
      const [taken] = receiver.taken.filter(({ items: [first] }) => first?.type === 'event');
      expect(taken?.items.map(({ type }) => type)).toEqual(['event', 'session', 'client_report']);
      expect(taken?.items[1]?.payload.attrs).toEqual({ release: '1' });
    });

    test('counts of the SDK alone are taken', async () => {
      const report = { timestamp: 1, discarded_events: [{ reason: 'sample_rate', category: 'error', quantity: 2 }] };
      await withApp(settings, async (app) => {
        expect((await send(app.url, envelope(receiver.dsn, ['client_report', report]))).status).toBe(200);
        await poll(async () => {
          expect(itemsOf()).toContainEqual({ type: 'client_report', payload: report });
          expect((await app.status()).tunnel).toEqual({ accepted: 1, forwarded: 1, refused: {} });
        });
      });
    });

    test('replays, where they are wanted: the recording byte for byte', async () => {
      const compressed = Buffer.from('x\x9c\xff\0password=hunter2\n ada@shop.example \n\n', 'latin1'); // to no reader a secret
      const recording = Buffer.concat([Buffer.from('{"segment_id":0}\n'), compressed]);
      const replay = { type: 'replay_event', replay_id: eventId, urls: [`https://shop.example/?token=${SECRET}`] };
      const head = `${envelope(receiver.dsn, ['replay_event', replay])}\n{"type":"replay_recording","length":${recording.length}}\n`;
      await withApp({ ...settings, tunnel: { ...plenty, types: ['replays'] } }, async (app) => {
        expect((await send(app.url, Buffer.concat([Buffer.from(head), recording]))).status).toBe(200);
        expect((await app.status()).tunnel).toEqual({ accepted: 1, forwarded: 1, refused: {} });
      });
      const [event, bytes] = itemsOf().filter(({ type }) => type.startsWith('replay'));
      expect(event?.payload.urls).toEqual(['https://shop.example/?token=[Filtered]']);
      expect(bytes?.payload).toEqual(recording);
    });

    test('a page of another origin may send and read the answer only if it is listed', async () => {
      const origin = 'https://www.shop.example';
      await withApp({ ...settings, tunnel: { ...plenty, origins: [origin] } }, async (app) => {
        const body = browserEvent(receiver.dsn);
        const preflight = await send(app.url, '', { method: 'OPTIONS', headers: { origin } });
        expect(preflight.status).toBe(204);
        for (const { headers } of [preflight, await send(app.url, body, { headers: { origin } })]) {
          expect(headers.get('access-control-allow-origin')).toBe(origin);
          expect(headers.get('access-control-expose-headers')).toContain('x-sentry-rate-limits');
        }
        const other = await send(app.url, body, { headers: { origin: 'https://shop.example' } });
        expect(other.status).toBe(403);
        expect((await send(app.url, body)).status).toBe(200); // an application, not a page
      });
    });

    test('the origin of the application itself, also behind a proxy', async () => {
      await withApp(settings, async (app) => {
        const body = browserEvent(receiver.dsn);
        const headers = [
          { origin: app.url },
          { origin: 'https://api.example', 'x-forwarded-host': 'api.example' },
          { origin: 'https://api.example', 'x-forwarded-host': 'api.example:443, inner' },
          { origin: 'https://api.example', 'sec-fetch-site': 'same-origin' },
        ];
        for (const each of headers) expect((await send(app.url, body, { headers: each })).status).toBe(200);
      });
    });

    test.each([
      [undefined, undefined],
      ['pseudonym', /^240\.|^24\d\.|^25\d\./],
      ['keep', /^127\.0\.0\.1$/],
    ])('the address of the client with scrubbing.pii.ip %s', async (mode, expected) => {
      await withApp({ ...settings, PII_IP: mode }, async (app) => {
        await send(app.url, browserEvent(receiver.dsn, { user: { ip_address: '{{auto}}' } }));
        await send(app.url, browserEvent(receiver.dsn));
        await app.status();
      });
      expect(eventsOf()).toHaveLength(2);
      for (const { user = {} } of eventsOf()) {
        if (expected) expect(user.ip_address).toMatch(expected);
        else expect(user).toEqual({});
      }
      expect(JSON.stringify(receiver.taken)).not.toContain('{{auto}}');
    });

    test.each([
      ['cookie', { id: 'ab12' }],
      ['late', { id: 'ab12' }],
      ['throws', undefined],
      ['hangs', undefined],
    ])('tunnel.user that %s', async (TUNNEL_USER, expected) => {
      await withApp({ ...settings, TUNNEL_USER }, async (app) => {
        const headers = { cookie: 'session=ab12' };
        await send(app.url, browserEvent(receiver.dsn), { headers });
        await send(app.url, browserEvent(receiver.dsn, { user: { id: 'of the page' } }), { headers });
        const { faults, tunnel } = await app.status();
        expect(faults['tunnel-user']).toBe(expected ? undefined : 2);
        expect(tunnel.forwarded).toBe(2);
      });
      expect(eventsOf().map(({ user }) => user)).toEqual([expected, { id: 'of the page' }]);
    });

    test('a rate for each client, and for all; the limit of one does not touch another', async () => {
      const tunnel = { perMinute: { client: 5, total: 8 } };
      await withApp({ ...settings, tunnel, TRUST: '1' }, async (app) => {
        const from = async (address: string, times: number) => {
          const answers = [];
          for (let n = 0; n < times; n++) {
            answers.push(await send(app.url, browserEvent(receiver.dsn), { headers: { 'x-forwarded-for': `${n}.9.9.9, ${address}` } })); // prettier-ignore
          }
          return answers;
        };
        const one = await from('203.0.113.7', 30);
        expect(one.map(({ status }) => status)).toEqual([...Array(5).fill(200), ...Array(25).fill(429)]);
        expect(Number(one[20]?.headers.get('retry-after'))).toBeGreaterThan(0);
        const other = await from('203.0.113.8', 5);
        expect(other.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
        const { refused, accepted } = (await app.status()).tunnel;
        expect({ refused, accepted }).toEqual({ accepted: 8, refused: { client_rate: 25, total_rate: 2 } });
      });
    });

    test('while Sentry is away, envelopes wait; its rate limits are told to the page', async () => {
      await withApp(settings, async (app) => {
        receiver.fault = 'answers 503';
        expect((await send(app.url, browserEvent(receiver.dsn))).status).toBe(200);
        expect((await app.status()).tunnel).toMatchObject({ accepted: 1, forwarded: 0 });
        receiver.decide = () => (response) =>
          response.writeHead(429, { 'x-sentry-rate-limits': '30:error:organization' }).end();
        await app.status();
        await poll(async () => {
          const { status, headers } = await send(app.url, browserEvent(receiver.dsn));
          expect(status).toBe(429);
          expect(headers.get('x-sentry-rate-limits')).toMatch(/^(?:30|2\d):error:organization$/);
          expect(Number(headers.get('retry-after'))).toBeGreaterThan(20);
        });
        const session = envelope(receiver.dsn, ['session', { sid: eventId, init: true, attrs: { release: '1' } }]);
        const { status, headers } = await send(app.url, session);
        expect([status, headers.get('x-sentry-rate-limits')]).toEqual([200, expect.stringContaining(':error:')]);
        expect((await app.status()).tunnel.refused.rate_limited).toBeGreaterThan(0);
      });
    });

    test('the DSN of a front end: its own project gets what its page sends', async () => {
      const frontEnd = await FaultyReceiver.start();
      const tunnel = { ...plenty, dsns: [frontEnd.dsn] };
      await withApp({ ...settings, tunnel }, async (app) => {
        expect((await send(app.url, browserEvent(frontEnd.dsn))).status).toBe(200);
        expect((await send(app.url, browserEvent('https://other@o1.ingest.sentry.io/3'))).status).toBe(403);
        const { tunnel: counts, flushed } = await app.status();
        expect(flushed).toBe(true);
        expect(counts).toEqual({ accepted: 1, forwarded: 1, refused: { dsn: 1 } });
      });
      expect(frontEnd.taken).toHaveLength(1);
      expect(frontEnd.taken[0]?.header).not.toHaveProperty('dsn');
      expect(eventsOf()).toEqual([]);
      await frontEnd.close();
    });

    test('below the global prefix if it is wanted', async () => {
      await withApp({ ...settings, PREFIX: 'api/v1', tunnel: { ...plenty, prefixed: true } }, async (app) => {
        expect((await send(app.url, browserEvent(receiver.dsn), { path: '/api/v1/monitoring' })).status).toBe(200);
        expect((await send(app.url, browserEvent(receiver.dsn))).status).toBe(404);
      });
      await withApp({ ...settings, PREFIX: 'api/v1' }, async (app) => {
        expect((await send(app.url, browserEvent(receiver.dsn))).status).toBe(200);
      });
    });

    test('a body that takes too long is given up', async () => {
      await withApp(settings, async (app) => {
        const outgoing = request(`${app.url}/monitoring`, { method: 'POST', headers: { 'content-length': '1000' } });
        const answered = new Promise<number | undefined>((resolve, reject) => {
          outgoing.on('response', ({ statusCode }) => {
            resolve(statusCode);
          });
          outgoing.on('error', reject);
        });
        const drip = setInterval(() => outgoing.write('{'), 500);
        expect(await answered).toBe(408);
        clearInterval(drip);
        outgoing.destroy();
        expect((await app.status()).tunnel.refused).toEqual({ timeout: 1 });
      });
    });

    test('what Fastify is handed without a server', async () => {
      await withApp({ ...settings, platform: 'fastify' }, async ({ child }) => {
        const answer = new Promise((resolve) => child.once('message', resolve));
        child.send({ inject: browserEvent(receiver.dsn) });
        expect(await answer).toEqual({ status: 200, body: { id: eventId } });
        await poll(async () => {
          expect(eventsOf()).toHaveLength(1);
        });
      });
    });

    test('without Sentry, pages are answered all the same', async () => {
      await withApp({ ...settings, SENTRY_ENABLED: 'false' }, async (app) => {
        expect((await send(app.url, browserEvent(receiver.dsn))).status).toBeLessThan(500);
      });
    });
  },
);
