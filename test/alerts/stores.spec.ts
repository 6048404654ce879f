import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStore } from '../../lib/alerts/store/memory-store';
import { poll } from '../harness/poll';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'alerts-'));
});
afterEach(() =>
  poll(() => {
    rmSync(directory, { recursive: true, force: true }); // a store may still be writing
  }),
);

let now = Date.UTC(2026, 0, 1);
const open = (project = 'shop', at = directory) => {
  const store = new MemoryStore(undefined, () => now);
  store.open({ directory: at, project, warn: () => undefined });
  return store;
};
const file = () => join(directory, 'alerts', readdirSync(join(directory, 'alerts'))[0]!);

describe('what was seen', () => {
  test('is remembered across restarts, with the last time', async () => {
    const first = open();
    expect(await first.sight('a')).toEqual({ before: undefined, now });
    const seen = (now += 5_000);
    await first.sight('a');
    await first.close();
    now += 86_400_000;
    const second = open();
    expect(await second.sight('a')).toEqual({ before: seen, now });
    expect((await second.sight('b')).before).toBeUndefined();
    await second.close();
  });

  test('is that of one project', async () => {
    const first = open();
    await first.sight('a');
    await first.close();
    expect((await open('other').sight('a')).before).toBeUndefined();
  });

  test('is readable by this user only, and does not contain messages', async () => {
    const store = open();
    await store.sight('TypeError\nsecret');
    await store.close();
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(readFileSync(file(), 'utf8')).toMatch(/^(?:[0-9a-f]{16} \d+\n)+$/);
  });

  test('a damaged file costs only the damaged lines', async () => {
    const store = open();
    await store.sight('a');
    await store.close();
    writeFileSync(file(), `garbage\n\u0000\n${readFileSync(file(), 'utf8')}0123456789abc`);
    const second = open();
    expect((await second.sight('a')).before).toBe(now);
    await second.sight('b');
    await second.close();
    expect((await open().sight('b')).before).toBe(now);
  });

  test('a file that has grown is shortened when it is read', async () => {
    const store = open();
    await store.sight('a');
    await store.close();
    const line = readFileSync(file(), 'utf8');
    writeFileSync(file(), line.repeat(200_000));
    await open().close();
    expect(statSync(file()).size).toBeLessThan(1_000);
  });

  test('without a folder, or with one that cannot be used, it is kept in memory', async () => {
    for (const at of [undefined, '/proc/no-such-folder']) {
      const store = open('shop', at);
      expect((await store.sight('a')).before).toBeUndefined();
      expect((await store.sight('a')).before).toBe(now);
      await store.close();
    }
  });
});
