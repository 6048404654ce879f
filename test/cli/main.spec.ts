import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { HttpReceiver } from '../alerts/http-receiver';

const MAIN = join(process.cwd(), 'dist/cjs/cli/main.js');
const run = (...args: string[]): ChildProcessWithoutNullStreams => spawn(process.execPath, [MAIN, ...args]);

async function outcome(
  child: ChildProcessWithoutNullStreams,
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (texts[name] += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { ...texts, code };
}

describe('the built command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('runs an inbox until %s, then exits with 0', async (signal) => {
    const child = run('inbox', '--port', '0');
    const result = outcome(child);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const url = line.replace('Inbox  ', '');
    expect((await fetch(`${url}/health`)).status).toBe(200);
    child.kill(signal);
    expect(await result).toMatchObject({ code: 0, stdout: expect.stringContaining('DSN    http://inbox@') });
  });

  it('reads from a pipe', async () => {
    const child = run('scrub');
    const result = outcome(child);
    child.stdin.end('{"password":"geheim"}');
    expect(await result).toMatchObject({
      code: 0,
      stdout: '{"password":"[Filtered]"}',
      stderr: expect.stringMatching(/^password @/),
    });
  });

  it('uses no colours in a pipe, whatever FORCE_COLOR says', async () => {
    const child = spawn(process.execPath, [MAIN, 'inbox', '--port', 'abc'], {
      env: { ...process.env, FORCE_COLOR: '1' },
    });
    const { code, stderr } = await outcome(child);
    expect(code).toBe(2);
    expect(stderr).not.toContain('\u001b');
  });

  it.each([
    [200, 0, 'webhook  sent\n'],
    [400, 1, expect.stringContaining('webhook  failed')],
  ])('waits for the answer %i of a channel', async (status, code, stdout) => {
    const receiver = await HttpReceiver.start();
    receiver.answer = (_request, response) => setTimeout(() => response.writeHead(status).end(), 200);
    const env = { ...process.env, SENTRY_ALERT_WEBHOOK_URL: receiver.url };
    const child = spawn(process.execPath, [MAIN, 'alerts', 'test', 'new-error'], { env });
    expect(await outcome(child)).toMatchObject({ code, stdout });
    await receiver.close();
  });
});
