import { mainly, representative, variation } from '../harness/scale';
import { ending, spawnApp, type Lane } from '../harness/app-process';
import { FaultyReceiver, type faults } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';

const answers =
  (status: number): (typeof faults)['answers 500'] =>
  (response) =>
    response.writeHead(status).end();
const noticesIn = (output: string) => output.split('\n').filter((line) => line.includes('[DELIVERY_FAILING]'));

/** Runs a process that fails and stays, until its log has said something of it. */
async function noticeOf(lane: Lane, dsn: string): Promise<string[]> {
  const child = spawnApp({ lane, app: 'exits', env: { CASE: 'fails and stays', SENTRY_DSN: dsn, KIND: 'context' } });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await poll(() => {
    expect(output).toContain('[DELIVERY_FAILING]');
  }, 30_000);
  const ended = ending(child);
  child.kill();
  await ended;
  return noticesIn(output);
}

describe.each(mainly('11'))('lane %s: what fails from the first event on is said once', (lane) => {
  let receiver: FaultyReceiver;
  beforeEach(async () => {
    receiver = await FaultyReceiver.start();
  });
  afterEach(() => receiver.close().catch(() => undefined));

  const statuses: [number, RegExp][] = [
    [401, /the key of the DSN \(http_401\)/],
    [403, /the key of the DSN \(http_403\)/],
    [404, /project \(http_404\)/],
  ];
  test.each(representative(statuses, ([status]) => status === 401))('%s', async (status, text) => {
    receiver.decide = () => answers(status);
    const notices = await noticeOf(lane, receiver.dsn);
    expect(notices).toEqual([expect.stringMatching(text)]);
    expect(notices[0]).toContain(`127.0.0.1:${receiver.port}`);
  });

  variation('connections are refused', async () => {
    const { dsn } = receiver;
    await receiver.down();
    expect(await noticeOf(lane, dsn)).toEqual([
      expect.stringMatching(/nothing listens there \(ECONNREFUSED\).*on disk/),
    ]);
  });

  test('the host is unknown', async () => {
    const notices = await noticeOf(lane, 'http://key@no-such-host.invalid/1');
    expect(notices).toEqual([expect.stringMatching(/the host is unknown \((ENOTFOUND|EAI_AGAIN)\)/)]);
  });

  test('a script that ends before', async () => {
    const { dsn } = receiver;
    await receiver.down();
    const child = spawnApp({ lane, app: 'exits', env: { CASE: 'throw', SENTRY_DSN: dsn, KIND: 'context' } });
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const closed = new Promise((resolve) => child.once('close', resolve));
    await closed;
    expect(noticesIn(output)).toEqual([expect.stringMatching(/\(ECONNREFUSED\).*on disk/)]);
  });
});
