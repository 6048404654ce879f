import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../lib/cli/program.js';
import { startInbox } from '../../lib/inbox/index.js';
import { testTerminal, until } from './test-terminal.js';

const post = (url: string, event: object) =>
  fetch(`${url}/api/1/store/`, { method: 'POST', body: JSON.stringify(event) });

it('prints URL and DSN to stdout, received events to stderr, and exits with 0 when interrupted', async () => {
  const terminal = testTerminal();
  const ended = runCommandLine(['inbox', '--port', '0'], terminal);
  const [, url, host, dsn] = await until(() =>
    /^Inbox {2}(http:\/\/(127\.0\.0\.1:\d+))\nDSN {4}(.+)\n$/.exec(terminal.stdout),
  );
  expect(dsn).toBe(`http://inbox@${host}/1`);

  const event_id = 'ab'.repeat(16);
  await post(url!, { event_id, level: 'error', exception: { values: [{ type: 'Error', value: 'a\u001b[2Jb\nc' }] } });
  await until(() => terminal.stderr.includes(event_id));
  expect(terminal.stderr).toContain(`error Error: a\\u001b[2Jb c ${url}/#/event/${event_id}\n`);
  expect(terminal.stdout.split('\n')).toHaveLength(3);

  terminal.interrupt();
  expect(await ended).toBe(0);
  await expect(fetch(url!)).rejects.toThrow();
});

it('stores the last items in its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  const file = join(folder, 'items.jsonl');
  const terminal = testTerminal();
  const ended = runCommandLine(['inbox', '--port', '0', '--file', file, '--limit', '1'], terminal);
  const [, url] = await until(() => /^Inbox {2}(\S+)\n/.exec(terminal.stdout));
  await post(url!, { message: 'one' });
  await post(url!, { message: 'two' });
  expect(await (await fetch(`${url}/api/items`)).json()).toMatchObject([{ payload: { message: 'two' } }]);
  terminal.interrupt();
  await ended;
  expect(await readFile(file, 'utf8')).toContain('"two"');
  await rm(folder, { recursive: true });
});

it('exits with 1 if the port is in use, and names port and option', async () => {
  const other = await startInbox({ port: 0 });
  const terminal = testTerminal();
  const exitCode = await runCommandLine(['inbox', '--port', String(other.port)], terminal);
  await other.close();
  expect(exitCode).toBe(1);
  expect(terminal.stderr).toContain(`port ${other.port} on 127.0.0.1 is already in use`);
  expect(terminal.stderr).toContain('--port');
  expect(terminal.stdout).toBe('');
});

it('exits with 1 if the file cannot be used, and names it', async () => {
  const terminal = testTerminal();
  expect(await runCommandLine(['inbox', '--port', '0', '--file', join(tmpdir(), 'no-such', 'file')], terminal)).toBe(1);
  expect(terminal.stderr).toContain(`the file ${join(tmpdir(), 'no-such', 'file')} cannot be used`);
});
