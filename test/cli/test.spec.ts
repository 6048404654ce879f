import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInbox } from '../../lib/inbox';
import { laneFolder, type Lane } from '../harness/app-process';
import { FaultyReceiver, faults } from '../harness/faulty-receiver';
import { Receiver } from '../harness/receiver';
import { removeApp, runCommand, writeApp } from './broken-app';

type Handler = NonNullable<ReturnType<NonNullable<FaultyReceiver['decide']>>>;

const TAG = 'nestjs-error-tracker.test';
const TYPES = 'error message transaction cron log metric payment database performance'.split(' ');
const folders: Partial<Record<Lane, string>> = {};
const folderOf = (lane: Lane) => (folders[lane] ??= writeApp({ lane }));
const run = (args: string[], env: Record<string, string>, lane: Lane = '11') =>
  runCommand(folderOf(lane), ['test', ...args], env);

afterAll(() => {
  for (const folder of Object.values(folders)) removeApp(folder);
});

describe.each<Lane>(['11', '12'])('all types, lane %s', (lane) => {
  let receiver: Receiver;
  let receiverHost: string;
  let outcome: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    receiver = await Receiver.start();
    const env = {
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'staging',
      SENTRY_RELEASE: 'shop@1.2.3',
      SENTRY_SAMPLE_RATE: '0',
      SENTRY_TRACES_SAMPLE_RATE: '0',
      SENTRY_DEBUG: 'true',
    };
    receiverHost = new URL(receiver.dsn).host;
    outcome = await run(['--type', 'all', '--json'], env, lane);
    await receiver.close();
  });

  it('arrive, and nothing else, whatever the sample rates are', () => {
    const types = receiver.items.map(({ type }) => type);
    const trace = lane === '11' ? 'transaction' : 'span';
    expect(types.sort()).toEqual([...'check_in check_in event event event event event log'.split(' '), trace, 'trace_metric'].sort());
    expect(receiver.transactions).toEqual(['nestjs-error-tracker test']);
    expect(outcome.stderr).toContain('The sample rate of errors is 0: the application sends none.');
    expect(outcome.stderr).toContain('The sample rate of traces is 0: the application sends none.');
    expect(outcome.code).toBe(0);
  }); // prettier-ignore

  it('are printed with the ids under which they were sent', () => {
    const { host, environment, release, items } = JSON.parse(outcome.stdout);
    expect({ host, environment, release }).toEqual({
      host: receiverHost,
      environment: 'staging',
      release: 'shop@1.2.3',
    });
    expect(items.map(({ type }: any) => type)).toEqual(TYPES.flatMap((type) => (type === 'cron' ? [type, type] : [type])));
    for (const { type, item, id, checkIn, accepted, status } of items) {
      expect({ accepted, status }).toEqual({ accepted: true, status: 200 });
      const sent = receiver.items.find(
        ({ type: of, payload }) =>
          of === item &&
          (of === 'event' ? payload.tags[TAG] === type : of !== 'check_in' || payload.status === checkIn),
      );
      const { event_id, check_in_id, items: [first] = [{}] } = sent?.payload ?? {};
      expect(id).toBe(event_id ?? check_in_id ?? first.trace_id);
      expect(id).toMatch(/^[\da-f]{32}$/);
    }
  }); // prettier-ignore

  it('are marked as tests, and carry the environment', () => {
    expect(receiver.events.map(({ tags }) => tags[TAG]).sort()).toEqual(
      ['database', 'error', 'message', 'payment', 'performance'].sort(),
    );
    for (const { environment, release } of receiver.events)
      expect({ environment, release }).toEqual({ environment: 'staging', release: 'shop@1.2.3' });
    const withoutEvents = receiver.items.filter(({ type }) => type !== 'event');
    for (const { type, payload } of withoutEvents)
      expect(JSON.stringify(payload)).toContain(type === 'check_in' ? 'nestjs-error-tracker-test' : TAG);
    const [error] = receiver.events.filter(({ tags }) => tags[TAG] === 'error');
    expect(error.exception.values[0].value).toMatch(/^Test of nestjs-error-tracker: nothing has happened/);
  });

  it('are scrubbed', () => {
    for (const secret of ['4242 4242', 'test@example.com', '"123"', 'test-8Kq2x91'])
      expect(receiver.bytes).not.toContain(secret);
    const [payment, database] = ['payment', 'database'].map((type) =>
      receiver.events.find(({ tags }) => tags[TAG] === type),
    );
    expect(payment).toMatchObject({ tags: { domain: 'payment' }, contexts: { payment: { orderId: 'test-order' } } });
    expect(payment.exception.values[0].value).toContain('[Filtered:card]');
    expect(database).toMatchObject({
      tags: { 'db.code': '23505' },
      contexts: { database: { constraint: 'test_customer_email_key', operation: 'INSERT' } },
    });
  });

  it('of cron are check-ins of a monitor of their own, in order', () => {
    const checkIns = receiver.items.filter(({ type }) => type === 'check_in').map(({ payload }) => payload);
    expect(checkIns.map(({ status }) => status)).toEqual(['in_progress', 'ok']);
    expect(checkIns[0].monitor_config.schedule).toEqual({ type: 'interval', value: 1, unit: 'year' });
    expect(new Set(checkIns.map(({ check_in_id }) => check_in_id)).size).toBe(1);
  });
});

test('each item is tried once, and each answer is told', async () => {
  const receiver = await FaultyReceiver.start();
  const answer = (status: number, headers = {}, body = '{}') =>
    ((response) => response.writeHead(status, headers).end(body)) as Handler;
  const checkIns: number[] = [];
  const answers: Record<string, Handler> = {
    error: answer(400, { 'content-type': 'application/json' }, '{"detail":"bad item, password=hunter22"}'),
    message: answer(401),
    transaction: faults.resets,
    log: answer(302, { location: 'https://login.example/' }),
    metric: answer(200, {}, ' <html>Welcome to our network</html>'),
    payment: answer(403, { 'x-sentry-error': 'no such key' }),
    database: answer(413),
    performance: answer(429, { 'retry-after': '60' }),
    cron: () => void checkIns.push(Date.now()), // hangs
  };
  receiver.decide = ({ items: [item] }) => {
    const type = { check_in: 'cron', log: 'log', trace_metric: 'metric', transaction: 'transaction' }[item!.type];
    return answers[type ?? item!.payload.tags[TAG]];
  };
  const { code, stdout } = await run(['--type', 'all', '--timeout', '1s', '--json'], { SENTRY_DSN: receiver.dsn });
  await receiver.close();
  expect(code).toBe(1);
  const { items } = JSON.parse(stdout);
  expect(items.map(({ type, reason, detail }: any) => [type, reason, detail])).toEqual([
    ['error', 'http_400', expect.stringMatching(/^that is not how Sentry responds; bad item, password=\[Filtered/)],
    ['message', 'http_401', 'it rejects the key of the DSN'],
    ['transaction', 'ECONNRESET', 'there is no response'],
    ['cron', 'ETIMEDOUT', 'there is no response'],
    ['cron', 'ETIMEDOUT', 'there is no response'],
    ['log', 'http_302', expect.stringContaining('it redirects to https://login.example/')],
    ['metric', 'web_page', 'a web page answers there'],
    ['payment', 'http_403', 'it rejects the key of the DSN; no such key'],
    ['database', 'http_413', 'the event is too large for it'],
    ['performance', 'http_429', 'it accepts no more events; it asks to wait 60 s'],
  ]);
  expect(items.every(({ accepted, fix, id }: any) => !accepted && fix && id)).toBe(true);
  expect(receiver.requests).toBe(10);
  const [began = 0, ended = 0] = checkIns;
  expect(ended - began).toBeGreaterThan(500); // the second check-in waits for the answer to the first
});

test('as text: type, answer, id, and how to mend it', async () => {
  const receiver = await FaultyReceiver.start();
  const accepted = await run([], { SENTRY_DSN: receiver.dsn });
  const [{ event_id }] = receiver.events;
  expect(accepted).toMatchObject({ code: 0, stdout: `error        accepted (200)  event  ${event_id}\n1 of 1 accepted.\n` });
  expect(accepted.stderr).toMatch(/^Sending error to 127.0.0.1:\d+, environment production …\nerror: http_200\n$/);
  receiver.fault = 'answers 503';
  const refused = await run(['--type', 'message'], { SENTRY_DSN: receiver.dsn });
  await receiver.close();
  expect(refused.stdout).toMatch(
    /^message {6}refused \(http_503\) {2}event {2}[\da-f]{32}\n {13}it reports an internal error\n {13}Check its status.\n0 of 1 accepted.\n$/,
  );
  expect(refused.code).toBe(1);
}); // prettier-ignore

test('the spool of the application is left alone', async () => {
  const receiver = await FaultyReceiver.start();
  receiver.fault = 'answers 503';
  const spool = mkdtempSync(join(tmpdir(), 'spool-'));
  const env = { SENTRY_DSN: receiver.dsn, SENTRY_SPOOL_DIR: spool };
  const program = `
    require('nestjs-error-tracker/init').initSentry();
    require('@sentry/nestjs').captureMessage('older');
    setTimeout(() => process.exit(), 500);`;
  execFileSync(process.execPath, ['-e', program], { cwd: laneFolder('11'), env: { ...process.env, ...env } });
  const before = readdirSync(spool, { recursive: true });
  expect(before).not.toEqual([]);
  const refused = await run([], env);
  receiver.fault = 'works';
  const accepted = await run([], env);
  await receiver.close();
  expect([refused.code, accepted.code]).toEqual([1, 0]);
  expect(receiver.values).toEqual([expect.stringContaining('(error)')]);
  expect(readdirSync(spool, { recursive: true })).toEqual(before);
  rmSync(spool, { recursive: true });
});

test('an inbox gets it, and the link leads there', async () => {
  const inbox = await startInbox({ port: 0 });
  const { code, stdout } = await run(['--json'], { SENTRY_DSN: inbox.dsn, NODE_ENV: 'development' });
  const [{ payload }] = (await (await fetch(`${inbox.url}/api/items`)).json()) as any[];
  await inbox.close();
  const [item] = JSON.parse(stdout).items;
  expect(item).toMatchObject({ id: payload.event_id, link: `${inbox.url}/#/event/${payload.event_id}` });
  expect(code).toBe(0);
});

test('a proxy is used, and told if it refuses', async () => {
  const receiver = await Receiver.start();
  const targets: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    targets.push(request.url ?? '');
    if (targets.length > 1) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const [host, port] = (request.url ?? '').split(':');
    const there = connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    there.on('error', () => undefined).pipe(socket).on('error', () => undefined).pipe(there); // prettier-ignore
    return undefined;
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { host } = new URL(receiver.dsn);
  const env = { SENTRY_DSN: receiver.dsn, http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  const accepted = await run([], env);
  const refused = await run(['--json'], env);
  proxy.close();
  await receiver.close();
  expect([accepted.code, refused.code]).toEqual([0, 1]);
  expect(targets).toEqual([host, host]);
  expect(JSON.parse(refused.stdout).items[0]).toMatchObject({ reason: 'PROXY_REFUSED' });
});

test.each<[string, Record<string, string>, string[], RegExp]>([
  ['no DSN', { SENTRY_ENVIRONMENT: 'production' }, [], /^error: SENTRY_DSN: received undefined; expected a DSN in the environment 'production'/],
  ['a DSN that is none', { SENTRY_DSN: 'https://sentry.example/shop' }, [], /^error: SENTRY_DSN: received "https:/],
  ['SENTRY_ENABLED=false', { SENTRY_DSN: 'http://key@127.0.0.1:9/1', SENTRY_ENABLED: 'false' }, [], /SENTRY_ENABLED: received "false"/],
  ['a rate that is none', { SENTRY_DSN: 'http://key@127.0.0.1:9/1', SENTRY_SAMPLE_RATE: '2' }, [], /SENTRY_SAMPLE_RATE: received 2/],
  ['a proxy that is none', { SENTRY_DSN: 'http://key@127.0.0.1:9/1', http_proxy: 'ftp://x' }, [], /http_proxy: received "ftp:/],
  ['an unknown type', {}, ['--type', 'warning'], /'warning' is invalid. Allowed choices are error, message/],
  ['no duration', {}, ['--timeout', 'soon'], /Expected a duration of up to 10m, for example 10s/],
  ['too long a duration', {}, ['--timeout', '11m'], /Expected a duration of up to 10m/],
])('%s is wrong use', async (_name, env, args, message) => {
  const { code, stdout, stderr } = await run(args, env);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, '']);
}); // prettier-ignore

test('a DSN in a .env file that was not read is found', async () => {
  const folder = writeApp({ lane: '11' });
  const receiver = await Receiver.start();
  writeFileSync(join(folder, '.env'), `SENTRY_DSN=${receiver.dsn}\n`);
  const { code, stderr } = await runCommand(folder, ['test'], { SENTRY_ENVIRONMENT: 'production' });
  await receiver.close();
  removeApp(folder);
  expect(stderr).toContain('the file .env has one: run node --env-file=.env');
  expect([code, receiver.items]).toEqual([2, []]);
});
