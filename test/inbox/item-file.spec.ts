import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInbox, type Inbox } from '../../lib/inbox/index.js';
import { eventEnvelope } from './envelope-text.js';
import { send } from './raw-request.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  file = join(folder, 'items.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts an inbox on the file, does something, closes it, and gives the messages that it held at the end. */
async function session(run: (inbox: Inbox) => unknown = () => undefined, limit = 500): Promise<string[]> {
  const inbox = await startInbox({ port: 0, file, limit });
  await run(inbox);
  const messages = inbox.items().map(({ payload }) => (payload as { message: string }).message);
  await inbox.close();
  return messages;
}
const deliver = (inbox: Inbox, message: string) =>
  send(`${inbox.url}/api/1/envelope/`, { method: 'POST', body: eventEnvelope({ message }) });

it('loads the items, newest first, with their ids', async () => {
  let before: unknown;
  await session(async (inbox) => {
    for (const message of ['one', 'two', 'drei \u2028 ü']) await deliver(inbox, message);
    before = inbox.items();
  });
  await session((inbox) => {
    expect(inbox.items()).toEqual(before);
  });
});

it('loads only the last items if the limit is lower', async () => {
  await session(async (inbox) => {
    for (const message of ['one', 'two', 'three']) await deliver(inbox, message);
  });
  expect(await session(undefined, 2)).toEqual(['three', 'two']);
});

it('skips a last line truncated by a crash, and appends after it', async () => {
  await session((inbox) => deliver(inbox, 'one'));
  await appendFile(file, '{"id":"x","type":"event","rece');
  expect(await session((inbox) => deliver(inbox, 'two'))).toEqual(['two', 'one']);
  expect(await session()).toEqual(['two', 'one']);
});

it('appends correctly if the last newline is missing', async () => {
  await session((inbox) => deliver(inbox, 'one'));
  await writeFile(file, (await readFile(file, 'utf8')).trimEnd());
  await session((inbox) => deliver(inbox, 'two'));
  expect(await session()).toEqual(['two', 'one']);
});

it('is empty after a clear', async () => {
  await session(async (inbox) => {
    await deliver(inbox, 'one');
    inbox.clear();
    await deliver(inbox, 'two');
  });
  expect(await session()).toEqual(['two']);
});

it('does not grow without bounds', async () => {
  const message = 'x'.repeat(10_000);
  await session(async (inbox) => {
    for (let n = 0; n < 60; n += 1) await deliver(inbox, `${n} ${message}`);
  }, 3);
  expect((await stat(file)).size).toBeLessThan(120_000);
  expect((await session(undefined, 3)).map((text) => text.slice(0, 2))).toEqual(['59', '58', '57']);
});

it('is readable by its owner only', async () => {
  await session((inbox) => deliver(inbox, 'one'));
  expect((await stat(file)).mode & 0o077).toBe(0);
});

it('leaves a file alone that is not an inbox file', async () => {
  await writeFile(file, '{"name":"somebody-elses"}\n');
  await expect(startInbox({ port: 0, file })).rejects.toThrow(/is not an inbox file; use another file/);
  expect(await readFile(file, 'utf8')).toBe('{"name":"somebody-elses"}\n');
});

it('rejects an unusable file at start, and frees its port', async () => {
  const other = await startInbox({ port: 0 });
  const { port } = other;
  await other.close();
  await expect(startInbox({ port, file: join(folder, 'no', 'such', 'folder') })).rejects.toThrow(/ENOENT/);
  await expect(startInbox({ port, file: folder })).rejects.toThrow(/EISDIR/);
  await (await startInbox({ port })).close();
});

it('continues in memory, and reports it, once the file cannot be written', async () => {
  const faults: string[] = [];
  const inbox = await startInbox({ port: 0, file, onFault: (message) => faults.push(message) });
  await rm(file);
  await rm(folder, { recursive: true });
  await deliver(inbox, 'one');
  expect(inbox.items()).toHaveLength(1);
  await inbox.close();
  expect(faults).toEqual([expect.stringContaining('cannot write')]);
  await writeFile((folder = await mkdtemp(join(tmpdir(), 'inbox-'))) + '/x', '');
});
