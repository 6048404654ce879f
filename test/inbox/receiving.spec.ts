import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { startInbox, type Inbox } from '../../lib/inbox/index.js';
import { envelope, eventEnvelope } from './envelope-text.js';
import { send } from './raw-request.js';

let inbox: Inbox;
beforeEach(async () => (inbox = await startInbox({ port: 0 })));
afterEach(() => inbox.close());

const post = (body: Buffer | string, headers: Record<string, string> = {}, path = '/api/1/envelope/') =>
  send(inbox.url + path, { method: 'POST', headers, body });

describe('a delivery', () => {
  it('answers with the id of the event, as Sentry does', async () => {
    const { status, body } = await post(eventEnvelope({ message: 'hello' }));
    expect([status, JSON.parse(body)]).toEqual([200, { id: 'ab'.repeat(16) }]);
    expect(inbox.items()).toEqual([
      {
        id: expect.any(String),
        type: 'event',
        receivedAt: expect.any(String),
        payload: { message: 'hello' },
        relay: { bytes: 19, limit: 1024 * 1024 },
      },
    ]);
  });

  it.each(['/api/1/envelope/', '/api/any-project/envelope', '/api/1/envelope/?sentry_key=any&sentry_version=7'])(
    'is accepted at %s',
    async (path) => {
      expect((await post(eventEnvelope({}), {}, path)).status).toBe(200);
      expect(inbox.items()).toHaveLength(1);
    },
  );

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('is decompressed from %s', async (encoding, compress) => {
    await post(compress(eventEnvelope({ message: 'compressed' })), { 'content-encoding': encoding });
    expect(inbox.items()[0]?.payload).toEqual({ message: 'compressed' });
  });

  it('becomes one item for each of the envelope, whatever their types', async () => {
    await post(
      envelope(
        { event_id: 'e1' },
        [{ type: 'event' }, { message: 'm' }],
        [{ type: 'span', content_type: 'application/vnd.sentry.items.span.v2+json' }, { items: [{ span_id: 'a' }] }],
        [{ type: 'attachment', filename: 'note.txt', content_type: 'text/plain' }, 'two\nlines'],
        [{ type: 'attachment', filename: 'blob' }, Buffer.from([0xff, 0x0a, 0x00])],
        [{ type: 'replay_recording' }, Buffer.from([0xfe])],
        [{ type: 'statsd' }, 'not:json'],
      ),
    );
    expect(inbox.items().reverse().map(({ type, payload }) => [type, payload])).toEqual([
      ['event', { message: 'm' }],
      ['span', { items: [{ span_id: 'a' }] }],
      ['attachment', { filename: 'note.txt', contentType: 'text/plain', eventId: 'e1', size: 9, text: 'two\nlines' }],
      ['attachment', { filename: 'blob', eventId: 'e1', size: 3, base64: '/woA' }],
      ['replay_recording', { size: 1, base64: '/g==' }],
      ['statsd', 'not:json'],
    ]); // prettier-ignore
  });

  it('keeps the beginning of a large attachment and its size', async () => {
    await post(envelope({}, [{ type: 'attachment', filename: 'big' }, Buffer.alloc(600_000, 0x61)]));
    expect(inbox.items()[0]?.payload).toMatchObject({ size: 600_000, truncated: true });
    expect(inbox.items()[0]?.payload).not.toHaveProperty('text');
  });

  it('survives a payload that is nested deeper than it can be written', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect((await post(envelope({}, [{ type: 'event' }, deep]))).status).toBe(200);
    expect(inbox.items()[0]?.payload).toContain('nested too deeply');
  });

  it('is accepted from old clients, at store/', async () => {
    const { body } = await post('{"message":"old"}', {}, '/api/1/store/');
    const { id } = JSON.parse(body) as { id: string };
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(inbox.items()[0]).toMatchObject({ type: 'event', payload: { message: 'old', event_id: id } });
  });
});

describe('a delivery is rejected', () => {
  it.each([
    ['a malformed envelope', Buffer.from('{}\n{"type":"event","length":9}\n{}'), {}, '/api/1/envelope/', 400, 'item length 9'],
    ['bytes that are no gzip', Buffer.from('{}'), { 'content-encoding': 'gzip' }, '/api/1/envelope/', 400, 'not valid gzip'],
    ['a gzip that was cut off', gzipSync('{}\n'.repeat(99)).subarray(0, 20), { 'content-encoding': 'gzip' }, '/api/1/envelope/', 400, 'not valid gzip'],
    ['an unknown encoding', Buffer.from('{}'), { 'content-encoding': 'lzma' }, '/api/1/envelope/', 415, 'expected gzip, deflate or br'],
    ['an encoding named like a property', Buffer.from('{}'), { 'content-encoding': 'constructor' }, '/api/1/envelope/', 415, 'expected gzip, deflate or br'],
    ['several encodings', Buffer.from('{}'), { 'content-encoding': 'gzip, br' }, '/api/1/envelope/', 415, 'expected gzip, deflate or br'],
    ['an old event that is no JSON', Buffer.from('{'), {}, '/api/1/store/', 400, 'not JSON'],
    ['an old event that is no object', Buffer.from('[]'), {}, '/api/1/store/', 400, 'not a JSON object'],
    ['a body over 20 MB', Buffer.alloc(20 * 1024 * 1024 + 1, 0x20), {}, '/api/1/envelope/', 413, 'larger than 20 MB'],
    ['a body over 20 MB of unknown length', Buffer.alloc(20 * 1024 * 1024 + 1, 0x20), { 'transfer-encoding': 'chunked' }, '/api/1/envelope/', 413, 'larger than 20 MB'],
    ['a small body that swells to 20 MB', gzipSync(Buffer.alloc(20 * 1024 * 1024 + 1)), { 'content-encoding': 'gzip' }, '/api/1/envelope/', 413, 'larger than 20 MB'],
  ])('for %s', async (_what, body, headers, path, status, detail) => {
    const answer = await post(body, headers, path);
    expect(answer.status).toBe(status);
    expect(answer.detail).toContain(detail);
    expect(inbox.items()).toEqual([]);
  }); // prettier-ignore

  it('without harm to the next one', async () => {
    await post('nonsense');
    expect((await post(eventEnvelope({}))).status).toBe(200);
  });
});
