import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../lib/cli/program.js';
import { testTerminal } from './test-terminal.js';

async function scrub(input: string, ...args: string[]) {
  const terminal = testTerminal({ input });
  expect(await runCommandLine(['scrub', ...args], terminal)).toBe(0);
  return terminal;
}

it('keeps the format of JSON, and reports each removal', async () => {
  const { stdout, stderr } = await scrub('{\n  "user": {\n    "name": "Ada",\n    "password": "geheim"\n  }\n}\n');
  expect(stdout).toBe('{\n  "user": {\n    "name": "Ada",\n    "password": "[Filtered]"\n  }\n}\n');
  expect(stderr).toMatch(/^user\.password @\S+\n$/);
});

it('prints one object with --json', async () => {
  const { stdout, stderr } = await scrub('{"user":{"password":"geheim"}}', '-', '--json');
  expect(JSON.parse(stdout)).toEqual({
    output: { user: { password: '[Filtered]' } },
    removed: [{ path: 'user.password', rule: expect.stringMatching(/^@/) }],
  });
  expect(stderr).toBe('');
});

it('leaves input without anything to remove unchanged, character by character', async () => {
  for (const text of ['{ "a" :1.0,\t"b": [ ] }', 'just a text\r\nof two lines', '', '{"a":1}\n\n{"b":2.50}\n']) {
    const { stdout, stderr } = await scrub(text);
    expect([stdout, stderr]).toEqual([text, '']);
  }
});

it('scrubs JSON lines one by one', async () => {
  const { stdout, stderr } = await scrub('{"a": 1}\n\n{"password":"geheim"}\n');
  expect(stdout).toBe('{"a": 1}\n\n{"password":"[Filtered]"}\n');
  expect(stderr).toMatch(/^1\.password @\S+\n$/);
});

it('scrubs any other text', async () => {
  const { stdout, stderr } = await scrub('curl -H "Authorization: Bearer abcdefghijklmnop1234" x\n');
  expect(stdout).not.toContain('abcdefghijklmnop1234');
  expect(stderr).toMatch(/^\(text\) @\S+\n/);
});

it('leaves the loopback alone, as an application does', async () => {
  const text = 'connect ECONNREFUSED 127.0.0.1:5432, then ::1 and ::ffff:127.0.0.1';
  expect((await scrub(text)).stdout).toBe(text);
  expect((await scrub('from 203.0.113.9', '--pii', 'redact')).stdout).toBe('from [Filtered:ip]');
});

it('handles addresses as --pii specifies', async () => {
  const text = 'from ada@example.org';
  expect((await scrub(text, '--pii', 'keep')).stdout).toBe(text);
  expect((await scrub(text, '--pii', 'redact')).stdout).toBe('from [Filtered:email]');
  expect((await scrub(text)).stdout).toContain('@pseudonym.invalid');
});

it('does not cut long text', async () => {
  const text = `${'word '.repeat(100_000)}\n`;
  expect((await scrub(text)).stdout).toBe(text);
});

it('reads a file, and exits with 1 if it does not exist', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scrub-'));
  const file = join(folder, 'event.json');
  await writeFile(file, '{"password":"geheim"}');
  expect((await scrub('', file)).stdout).toBe('{"password":"[Filtered]"}');
  await rm(folder, { recursive: true });
  const terminal = testTerminal();
  expect(await runCommandLine(['scrub', file], terminal)).toBe(1);
  expect(terminal.stderr).toContain(file);
});

describe('SENTRY_SEND_DEFAULT_PII, as in the application', () => {
  afterEach(() => {
    delete process.env.SENTRY_SEND_DEFAULT_PII;
  });

  it('true keeps addresses but still removes secrets', async () => {
    process.env.SENTRY_SEND_DEFAULT_PII = 'true';
    expect((await scrub('jo@shop.example password=x1')).stdout).toBe('jo@shop.example password=[Filtered]');
  });

  it('--pii takes precedence', async () => {
    process.env.SENTRY_SEND_DEFAULT_PII = 'true';
    expect((await scrub('jo@shop.example', '--pii', 'redact')).stdout).toBe('[Filtered:email]');
  });
});
