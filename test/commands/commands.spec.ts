import { ending, spawnApp, type Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { isFull, representative } from '../harness/scale';

const commands: [Lane, string, string | undefined, string][] = [
  ['11', 'cats', undefined, 'cannot import cats'],
  ['12', 'cats', '1', 'cannot import cats'],
  ['11', 'missing', '1', 'no such file'],
  ['12', 'string', undefined, 'not even an error'],
];

async function run(lane: Lane, what: string, env: Record<string, string | undefined>) {
  const child = spawnApp({ lane, app: 'command', args: ['import', what], env });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { ...(await ending(child)), output };
}

// With and without its own end, on each lane.
test.each(representative(commands, (_row, at) => at > 1))(
  'lane %s: a command that fails on %s is reported, ends by itself: %s',
  async (lane, what, ENDS, value) => {
    const receiver = await Receiver.start();
    const env = { ENDS, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'production', SENTRY_RELEASE: '1.0.0' };
    const tracked = await run(lane, what, env);
    await receiver.close();
    if (isFull || ENDS === '1') expect(tracked).toEqual(await run(lane, what, { ENDS, BARE: '1' }));
    expect(receiver.events).toHaveLength(1);
    expect(receiver.events[0]).toMatchObject({
      transaction: 'command import',
      user: { id: 'importer' },
      tags: { kind: 'cli', handler: 'ImportCommand.run' },
      exception: { values: [{ value, mechanism: { type: 'auto.cli.nestjs', handled: false } }] },
    });
  },
);

test('a command that does not fail reports nothing', async () => {
  const receiver = await Receiver.start();
  const env = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
  const { code } = await run('11', 'nothing', env);
  await receiver.close();
  expect([code, receiver.events]).toEqual([0, []]);
});
