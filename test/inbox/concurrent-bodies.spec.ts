import { createHook } from 'node:async_hooks';
import { request as send, type IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { BodyMemory, type HeldBody } from '../../lib/envelopes/body-memory.js';
import { BodyReader } from '../../lib/envelopes/request-body.js';
import { startInbox } from '../../lib/inbox/index.js';
import { eventEnvelope } from './envelope-text.js';
import { send as deliver } from './raw-request.js';

const MB = 1024 * 1024;
const LIMITS = { received: 20 * MB, decompressed: 20 * MB, duration: 30_000 };

/** A request whose body is written by the test. */
function requestWith(headers: Record<string, string> = {}): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { headers }) as unknown as PassThrough & IncomingMessage;
}

describe('the memory of bodies', () => {
  const bodyIn = (memory: BodyMemory, size: number, isOpen = true): HeldBody & { refused: boolean } => {
    const body = { size: 0, isOpen, refused: false, giveUp: () => { body.isOpen = false; body.refused = true; } }; // prettier-ignore
    memory.resize(body, size);
    return body;
  };

  it('is limited: the largest unfinished body is given up, never a small one or a finished one', () => {
    const memory = new BodyMemory(64 * MB);
    const finished = bodyIn(memory, 30 * MB, false);
    const [large, larger] = [bodyIn(memory, 15 * MB), bodyIn(memory, 18 * MB)];
    const small = bodyIn(memory, 2 * MB);
    expect([finished, large, larger, small].map((body) => body.refused)).toEqual([false, false, true, false]);
  });

  it('is free again once a body is released', () => {
    const memory = new BodyMemory(64 * MB);
    for (let n = 0; n < 20; n += 1) {
      const body = bodyIn(memory, 20 * MB);
      expect(body.refused).toBe(false);
      memory.release(body);
      memory.release(body);
    }
  });

  it('never holds more than 64 MB, whatever is delivered at the same time', () => {
    const memory = new BodyMemory(64 * MB);
    const bodies = Array.from({ length: 200 }, (_, n) => bodyIn(memory, ((n * 7) % 20) * MB));
    const held = bodies.filter((body) => !body.refused).reduce((sum, { size }) => sum + size, 0);
    expect(held).toBeLessThanOrEqual(64 * MB);
    expect(held).toBeGreaterThan(40 * MB);
  });
});

describe('bodies', () => {
  it('held open do not keep an ordinary event out, and the largest gets a 503', async () => {
    const inbox = await startInbox({ port: 0 });
    const answers: Array<[status: number | undefined, retryAfter: string | undefined]> = [];
    const open = Array.from({ length: 6 }, () => {
      const outgoing = send(`${inbox.url}/api/1/envelope/`, { method: 'POST', headers: { 'content-length': 20 * MB } });
      const ended = new Promise<void>((resolve) => {
        outgoing.on('response', ({ statusCode, headers }) => { answers.push([statusCode, headers['retry-after']]); resolve(); }); // prettier-ignore
        outgoing.on('error', () => { resolve(); }); // prettier-ignore
      });
      outgoing.write(Buffer.alloc(19 * MB, 0x61));
      return { outgoing, ended };
    });
    await Promise.race(open.map(({ ended }) => ended));
    const ordinary = await deliver(`${inbox.url}/api/1/envelope/`, { method: 'POST', body: eventEnvelope({}) });
    expect(ordinary.status).toBe(200);
    for (const { outgoing } of open) outgoing.destroy();
    await inbox.close();
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers.map(String))).toEqual(new Set(['503,1']));
  });

  it('that are compressed are unpacked one at a time, each used before the next', async () => {
    const steps: string[] = [];
    const hook = createHook({ init: (_id, type) => { if (type === 'ZLIB') steps.push('unpack'); } }).enable(); // prettier-ignore
    const reader = new BodyReader(LIMITS, 64 * MB);
    const packed = gzipSync(Buffer.alloc(1_000_000));
    steps.length = 0;
    const broken = Buffer.from('not gzip');
    const read = [packed, broken, packed, packed].map((body) => {
      const request = requestWith({ 'content-encoding': 'gzip' });
      request.end(body);
      return reader.read(request, ({ length }) => steps.push(`use ${length}`));
    });
    const results = await Promise.allSettled(read);
    hook.disable();
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(steps).toEqual(['unpack', 'use 1000000', 'unpack', 'unpack', 'use 1000000', 'unpack', 'use 1000000']);
  });

  it('of one-byte chunks are copied, not kept by the chunk', async () => {
    const request = requestWith();
    const parts = Array.from({ length: 50_000 }, (_, n) => Buffer.from([n % 256]));
    const allocate = jest.spyOn(Buffer, 'concat');
    const read = new Promise<Buffer>((resolve, reject) => {
      new BodyReader(LIMITS, 64 * MB).read(request, resolve).catch(reject);
    });
    for (const part of parts) request.emit('data', part);
    request.end();
    const body = await read;
    const longest = Math.max(...allocate.mock.calls.map(([list]) => list.length));
    const times = allocate.mock.calls.length;
    allocate.mockRestore();
    expect(body).toEqual(Buffer.concat(parts));
    expect(longest).toBe(1);
    expect(times).toBeLessThan(10);
  });

  it('that stay unfinished are given up after a time', async () => {
    const [unfinished, finished] = [requestWith(), requestWith()];
    const used: number[] = [];
    const reader = new BodyReader({ ...LIMITS, duration: 50 }, 64 * MB);
    const late = reader.read(unfinished, () => used.push(1));
    const whole = reader.read(finished, () => used.push(2));
    finished.end('{}');
    await whole;
    unfinished.emit('data', Buffer.from('{'));
    await expect(late).rejects.toMatchObject({ status: 408, headers: { connection: 'close' } });
    unfinished.end('}');
    expect(used).toEqual([2]);
    expect(unfinished.listenerCount('data')).toBe(0);
  });
});
