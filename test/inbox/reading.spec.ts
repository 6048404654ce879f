import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { InboxPortTakenError, startInbox, type Inbox, type InboxItem } from '../../lib/inbox/index.js';
import { envelope } from './envelope-text.js';
import { send } from './raw-request.js';

let inbox: Inbox;
beforeEach(async () => (inbox = await startInbox({ port: 0, limit: 4 })));
afterEach(() => inbox.close());

const deliver = (...types: string[]) =>
  send(`${inbox.url}/api/1/envelope/`, { method: 'POST', body: envelope({}, ...types.map((type, n): [object, object] => [{ type }, { n }])) }); // prettier-ignore
const listed = async (query: string): Promise<string[]> =>
  (JSON.parse((await send(`${inbox.url}/api/items${query}`)).body) as InboxItem[]).map(({ type }) => type);

describe('GET /api/items', () => {
  it('returns the newest first, by type and limit', async () => {
    await deliver('event', 'log', 'event');
    expect(await listed('')).toEqual(['event', 'log', 'event']);
    expect(await listed('?type=log')).toEqual(['log']);
    expect(await listed('?limit=2')).toEqual(['event', 'log']);
    expect(await listed('?type=event&limit=1')).toEqual(['event']);
    expect(await listed('?type=session')).toEqual([]);
    expect(JSON.parse((await send(`${inbox.url}/api/items?limit=1`)).body)).toEqual(inbox.items({ limit: 1 }));
  });

  it('keeps the last items only', async () => {
    await deliver('a', 'b', 'c');
    await deliver('d', 'e');
    expect(await listed('')).toEqual(['e', 'd', 'c', 'b']);
  });

  it.each(['0', '-1', 'ten', '1.5', '1e3', '9999999999'])('rejects the limit %s and says what is expected', async (limit) => {
    const { status, detail } = await send(`${inbox.url}/api/items?limit=${limit}`);
    expect([status, detail]).toEqual([400, `limit: received "${limit}"; expected a whole number, 1 or more, for example limit=50`]);
  }); // prettier-ignore

  it('is emptied by DELETE', async () => {
    await deliver('event');
    expect((await send(`${inbox.url}/api/items`, { method: 'DELETE' })).status).toBe(204);
    expect(await listed('')).toEqual([]);
  });
});

describe('the other endpoints', () => {
  it.each([
    ['GET', '/nowhere', 404, '/nowhere not found'],
    ['POST', '/api/items', 405, 'method: received POST; expected GET, HEAD, DELETE'],
    ['GET', '/api/1/envelope/', 405, 'method: received GET; expected POST, OPTIONS'],
    ['DELETE', '/', 405, 'method: received DELETE; expected GET, HEAD'],
  ])('answer %s %s with %i', async (method, path, status, detail) => {
    const answer = await send(inbox.url + path, { method });
    expect([answer.status, answer.detail]).toEqual([status, detail]);
  });

  it('say which runs of a monitor were missed', async () => {
    const query = `every=10&unit=minute&margin=1&starts=${Date.now() - 15 * 60_000}`;
    const answer = await send(`${inbox.url}/api/missed-runs?${query}`);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, [expect.any(Number)]]);
    expect((await send(`${inbox.url}/api/missed-runs`)).status).toBe(400);
  });

  it('report health', async () => {
    await deliver('event');
    expect(JSON.parse((await send(`${inbox.url}/health`)).body)).toEqual({ status: 'ok', items: 1 });
  });
});

describe('startInbox', () => {
  it('returns its URL and DSN', () => {
    expect(inbox.url).toBe(`http://127.0.0.1:${inbox.port}`);
    expect(inbox.dsn).toBe(`http://inbox@127.0.0.1:${inbox.port}/1`);
  });

  it('calls listeners with received items, even if one of them fails', async () => {
    const seen: string[] = [];
    inbox.onItem(() => {
      throw new Error('mine');
    });
    const unsubscribe = inbox.onItem((item) => seen.push(item.type));
    await deliver('event', 'log');
    unsubscribe();
    expect((await deliver('session')).status).toBe(200);
    expect(seen).toEqual(['event', 'log']);
  });

  it('returns copies, so that readers cannot affect each other', async () => {
    await deliver('event');
    (inbox.items()[0]!.payload as { n: number }).n = 99;
    expect(inbox.items()[0]?.payload).toEqual({ n: 0 });
  });

  it('reports that the port is in use, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const failure = await startInbox({ port }).catch((error: unknown) => error);
    other.close();
    expect(failure).toBeInstanceOf(InboxPortTakenError);
    expect(failure).toMatchObject({ code: 'EADDRINUSE', port, message: expect.stringContaining(`--port ${port + 1}`) });
  });

  it.each([{ port: -1 }, { port: 1.5 }, { port: 65_536 }, { limit: 0 }, { limit: NaN }])('rejects %j', async (options) => {
    await expect(startInbox(options)).rejects.toThrow(/expected a whole number from/);
  }); // prettier-ignore

  it('closes half-sent requests', async () => {
    const sender = connect(inbox.port, '127.0.0.1', () =>
      sender.write('POST /api/1/envelope/ HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{}'),
    );
    const ended = new Promise((resolve) => sender.on('error', () => undefined).on('close', resolve));
    await once(sender, 'connect');
    await inbox.close();
    await ended;
    inbox = await startInbox({ port: 0 });
  }); // prettier-ignore

  it('frees its port when closed, even with open streams', async () => {
    const { port, url } = inbox;
    const stream = await fetch(`${url}/api/stream`);
    await inbox.close();
    await stream.text().catch(() => ''); // cut off or ended: gone in either case
    inbox = await startInbox({ port });
    expect(inbox.port).toBe(port);
  });
});
