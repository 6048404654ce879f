import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { AppProcess } from '../harness/app-process';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { lanesAndPlatforms } from '../harness/scale';
import { browserEvent } from './envelopes';
import { plenty, withTunnel, type TunnelSettings } from './tunnel-app';

const SECRET = 'hunter2-of-the-browser';
const MEGABYTE = 1024 * 1024;

let receiver: FaultyReceiver;
beforeEach(async () => {
  receiver = await FaultyReceiver.start();
});
afterEach(async () => {
  await receiver.close();
});

const agent = new Agent({ keepAlive: true, maxSockets: 20 });
afterAll(() => {
  agent.destroy();
});

interface Post {
  path?: string;
  headers?: OutgoingHttpHeaders;
  body: string | Buffer;
}

/** Sends what `fetch` would not: any host, any path. @returns the status */
function post({ url }: AppProcess, { path = '/monitoring', headers, body }: Post): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers, method: 'POST', agent }, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode);
      });
    })
      .on('error', reject)
      .end(body);
  });
}

async function heapOf({ child }: AppProcess): Promise<number> {
  const answer = new Promise<NodeJS.MemoryUsage>((resolve) => child.once('message', resolve));
  child.send('memory');
  return (await answer).heapUsed + (await answer).arrayBuffers;
}

describe.each(lanesAndPlatforms)('attacks on the tunnel, lane %s on %s', (lane, platform) => {
  const withApp = <T>(settings: Partial<TunnelSettings>, use: (app: AppProcess) => Promise<T>) =>
    withTunnel(receiver, { lane, platform, nodeOptions: ['--expose-gc'], ...settings }, use);

  test('no header and no query sends an envelope elsewhere, and none of them travels on', async () => {
    const foreign = await FaultyReceiver.start();
    const host = `127.0.0.1:${foreign.port}`;
    const headers = {
      ...{ host, 'x-forwarded-host': host, forwarded: `host=${host}`, 'x-original-url': `http://${host}/` },
      ...{ cookie: `session=${SECRET}`, authorization: `Bearer ${SECRET}`, 'x-forwarded-for': '203.0.113.7' },
      'x-sentry-auth': `Sentry sentry_key=${SECRET}`,
    };
    const body = browserEvent(receiver.dsn);
    const query = `sentry_key=other&sentry_version=7&o=1&p=2&r=us&dsn=${encodeURIComponent(foreign.dsn)}`;
    await withApp({}, async (app) => {
      expect(await post(app, { body, headers })).toBe(200);
      expect(await post(app, { body, path: `/monitoring?${query}` })).toBe(200);
      expect(await post(app, { body, path: `http://${host}/monitoring` })).toBe(404);
      expect((await app.status()).tunnel).toEqual({ accepted: 2, forwarded: 2, refused: {} });
    });
    const events = receiver.taken.filter(({ items }) => items.some(({ type }) => type === 'event'));
    expect(events).toHaveLength(2);
    for (const { path } of events) expect(path).toMatch(/^\/api\/1\/envelope\/\?sentry_version=7&sentry_key=key&/);
    for (const { headers } of events) {
      expect(headers.host).toBe(`127.0.0.1:${receiver.port}`);
      expect(JSON.stringify(headers)).not.toMatch(/hunter2|203\.0\.113\.7|cookie|authorization/);
    }
    expect(foreign.connections).toBe(0);
    await foreign.close();
  });

  test('small bodies that swell are refused', async () => {
    const swollen = Buffer.alloc(64 * MEGABYTE, ' ');
    const compressed = {
      gzip: gzipSync(swollen),
      deflate: deflateSync(swollen),
      'x-gzip': gzipSync(swollen),
      br: brotliCompressSync(swollen),
    };
    const raw = { deflate: deflateRawSync(swollen) };
    const bombs = [...Object.entries(compressed), ...Object.entries(raw)];
    await withApp({}, async (app) => {
      const sent = Array.from({ length: 10 }, () => bombs).flat();
      const statuses = sent.map(([encoding, body]) => post(app, { body, headers: { 'content-encoding': encoding } }));
      expect(new Set(await Promise.all(statuses))).toEqual(new Set([413]));
      expect((await app.status()).tunnel.refused).toEqual({ too_large: sent.length });
      expect(await post(app, { body: browserEvent(receiver.dsn) })).toBe(200);
    });
  });

  /** @returns how many were answered with each status, and what the memory of the application has grown by */
  async function flood(app: AppProcess, envelope: (at: number) => Post): Promise<{ statuses: object; grown: number }> {
    const before = await heapOf(app);
    const statuses: Record<number, number> = {};
    const answers = Array.from({ length: 10_000 }, async (_, at) => {
      const status = (await post(app, envelope(at))) ?? 0;
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
    await Promise.all(answers);
    await app.status();
    return { statuses, grown: (await heapOf(app)) - before };
  }
  const address = (at: number) => `10.0.${at >> 8}.${at & 255}`;

  test('of 10,000 envelopes from one address, about sixty are taken, whatever addresses it states', async () => {
    await withApp({ tunnel: {} }, async (app) => {
      const body = browserEvent(receiver.dsn);
      const { statuses, grown } = await flood(app, (at) => ({ body, headers: { 'x-forwarded-for': address(at) } }));
      const { accepted, forwarded, refused } = (await app.status()).tunnel;
      expect(accepted).toBeGreaterThanOrEqual(60);
      expect(accepted).toBeLessThan(150); // sixty more with each minute that this takes
      expect(statuses).toEqual({ 200: accepted, 429: 10_000 - accepted });
      expect({ forwarded, refused }).toEqual({ forwarded: accepted, refused: { client_rate: 10_000 - accepted } });
      expect(receiver.events).toHaveLength(accepted);
      expect(grown).toBeLessThan(16 * MEGABYTE);
    });
  });

  test('of 10,000 envelopes from as many addresses, those within the total are taken', async () => {
    const total = 100;
    await withApp({ tunnel: { perMinute: { total } }, TRUST: '1' }, async (app) => {
      const body = browserEvent(receiver.dsn);
      const { statuses, grown } = await flood(app, (at) => ({ body, headers: { 'x-forwarded-for': address(at) } }));
      const { accepted, refused } = (await app.status()).tunnel;
      expect(accepted).toBeGreaterThanOrEqual(total);
      expect(accepted).toBeLessThan(3 * total);
      expect(statuses).toEqual({ 200: accepted, 429: 10_000 - accepted });
      expect(refused).toEqual({ total_rate: 10_000 - accepted });
      expect(grown).toBeLessThan(16 * MEGABYTE);
    });
  });

  test('bodies that never end give way to those that do', async () => {
    await withApp({ tunnel: plenty }, async (app) => {
      const statuses: (number | undefined)[] = [];
      const open = Array.from({ length: 40 }, () => {
        const headers = { 'content-length': MEGABYTE };
        const outgoing = request(`${app.url}/monitoring`, { method: 'POST', headers }, (response) => {
          statuses.push(response.resume().statusCode);
        });
        outgoing.on('error', () => undefined).write(Buffer.alloc(900_000, ' '));
        return outgoing;
      });
      await poll(async () => {
        expect(statuses.length).toBeGreaterThanOrEqual(20);
      });
      expect(await post(app, { body: browserEvent(receiver.dsn) })).toBe(200);
      for (const outgoing of open) outgoing.destroy();
      expect(new Set(statuses)).toEqual(new Set([503]));
      await poll(async () => {
        expect((await app.status()).tunnel.refused).toEqual({
          queue_full: statuses.length,
          malformed: 40 - statuses.length,
        });
      });
    });
  });
});
