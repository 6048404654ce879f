import { startInbox, type Inbox } from '../../lib/inbox/index.js';
import { eventEnvelope } from './envelope-text.js';
import { send } from './raw-request.js';

let inbox: Inbox;
beforeAll(async () => (inbox = await startInbox({ port: 0 })));
afterAll(() => inbox.close());

const status = async (method: string, path: string, headers: Record<string, string>): Promise<number> =>
  (await send(inbox.url + path, { method, headers, ...(method === 'POST' && { body: eventEnvelope({}) }) })).status;

describe('a request made by a browser', () => {
  it.each(['evil.example', 'evil.example:8970', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil@127.0.0.1', '0.0.0.0'])(
    'is refused under the name %s, for every address',
    async (host) => {
      expect(await status('GET', '/', { host })).toBe(403);
      expect(await status('GET', '/api/items', { host })).toBe(403);
      expect(await status('POST', '/api/1/envelope/', { host })).toBe(403);
    },
  ); // prettier-ignore

  it.each(['localhost', 'LOCALHOST:1', '127.0.0.1:9999', '[::1]', '[::1]:8970'])('is answered under the name %s', async (host) => {
    expect(await status('GET', '/api/items', { host })).toBe(200);
  }); // prettier-ignore

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'http://localhost@evil.example'])(
    'is refused from a page of %s',
    async (origin) => {
      expect(await status('DELETE', '/api/items', { origin })).toBe(403);
      expect(await status('GET', '/api/items', { origin })).toBe(403);
      expect(await status('POST', '/api/1/envelope/', { origin })).toBe(403);
    },
  );

  it('may deliver from a front end on this machine, but neither read nor clear', async () => {
    const origin = 'http://localhost:4200';
    expect(await status('POST', '/api/1/envelope/', { origin })).toBe(200);
    expect(await status('DELETE', '/api/items', { origin })).toBe(403);
    expect(await status('GET', '/api/stream', { origin })).toBe(403);
  });

  it('is answered to the page itself', async () => {
    expect(await status('DELETE', '/api/items', { origin: inbox.url })).toBe(204);
    expect(await status('DELETE', '/api/items', { host: 'localhost:8970', origin: 'http://localhost:8970' })).toBe(204);
  });

  it('cannot embed responses of the inbox', async () => {
    const { headers } = await send(`${inbox.url}/api/items`);
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});
