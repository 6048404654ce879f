// Tables of facts that hold or do not: how a process ends, what one request shows of another, what the SDK's own calls
// do. Each `play` returns pairs of a fact and whether it holds.
const { setTimeout: pause } = require('node:timers/promises');
const { startOptions } = require('./start.cjs');
const { AppProcess, spawnApp, ending } = require('../harness/app-process.ts');
const { poll } = require('../harness/poll.ts');
const { Receiver } = require('../harness/receiver.ts');
const { run, valuesOf } = require('../exits/ended-process.ts');
const { endsAlive, kinds, ways } = require('../exits/expectations.ts');

const EXIT_RECEIVERS = ['well', 'refused', 'hanging'];

/** Code and signal as of the bare application, and what was captured at the receiver or on disk. */
async function exits(kind) {
  const { env, nodeOptions } = startOptions(kind);
  const facts = [];
  for (const KIND of kinds) {
    for (const [CASE, , captured] of ways) {
      const bare = await run('11', 'no DSN', { KIND, CASE, BARE: '1' });
      const end = CASE === 'reject' ? endsAlive[KIND] : (bare.code ?? bare.signal);
      const ended = await Promise.all(
        EXIT_RECEIVERS.map((receiver) => run('11', receiver, { KIND, CASE, ...env }, nodeOptions)),
      );
      for (const [index, one] of ended.entries()) {
        const where = `${KIND}, ${CASE}, receiver ${EXIT_RECEIVERS[index]}`;
        facts.push([`${where}: ends as bare`, (one.code ?? one.signal) === end]);
        if (captured.length > 0) facts.push([`${where}: nothing lost`, valuesOf(one.kept).join() === captured.join()]);
      }
    }
  }
  return facts;
}

/** Requests that reach the platform past a server that the SDK could see. */
async function isolation(VIA, kind) {
  const receiver = await Receiver.start();
  const { env, nodeOptions } = startOptions(kind);
  const PATHS = '/login/ada,/anonymous,/text,/text,/text,/login/bob,/anonymous';
  const child = spawnApp({
    lane: '11',
    app: 'direct-requests',
    env: { VIA, PATHS, SENTRY_DSN: receiver.dsn, SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'test', ...env },
    nodeOptions,
  });
  await ending(child);
  const { events } = receiver;
  await receiver.close();
  const named = (value) => events.filter((event) => (event.exception?.values.at(-1).value ?? event.message) === value);
  const anonymous = named('anonymous failed');
  return [
    [
      'each failure is one event',
      events.filter((event) => /login|anonymous/.test(JSON.stringify(event.exception))).length === 4,
    ],
    ['three thrown texts are three events', named('a thrown text').length === 3],
    ['no user of another request', anonymous.length === 2 && anonymous.every(({ user }) => !user?.id)],
    ['no tags of another request', anonymous.length === 2 && anonymous.every(({ tags }) => !tags?.login)],
    [
      'no breadcrumbs of another request',
      anonymous.length === 2 && !/ada/.test(JSON.stringify(anonymous.map((event) => event.breadcrumbs))),
    ],
    ['each event names its route', named('login of bob failed')[0]?.transaction === 'GET /login/:name'],
    [
      'a trace for each request',
      new Set(
        events
          .filter((event) => /login|anonymous/.test(JSON.stringify(event.exception)))
          .map((event) => event.contexts.trace.trace_id),
      ).size === 4,
    ],
  ];
}

/** What applications do with the SDK itself. */
async function sdkCalls(kind) {
  const receiver = await Receiver.start();
  const { env, nodeOptions } = startOptions(kind);
  const app = await AppProcess.start({
    lane: '11',
    app: 'kept',
    env: { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', ...env },
    nodeOptions,
  });
  const items = (type) =>
    receiver.items.filter((item) => item.type === type).flatMap(({ payload }) => payload.items ?? [payload]);
  const call = async (path, isHere = () => receiver.transactions.length > 0) => {
    receiver.clear();
    await (await fetch(`${app.url}/${path}/7`)).text();
    await poll(async () => {
      await app.status();
      if (!isHere()) throw new Error('not here yet');
    }, 3_000).catch(() => undefined);
    return receiver;
  };
  const facts = [];
  const fact = async (name, holds) =>
    facts.push([
      name,
      Boolean(
        await Promise.resolve()
          .then(holds)
          .catch(() => false),
      ),
    ]);
  await fact('setTransactionName', async () => (await call('name')).events[0].transaction === 'my own name');
  await fact('updateSpanName', async () => (await call('span')).transactions.join() === 'renamed by me');
  await fact(
    'setContext("response")',
    async () => (await call('response')).events[0].contexts.response.body_size === 3,
  );
  await fact('withIsolationScope', async () => (await call('isolated')).events.length === 1);
  const logged = () => items('log').length > 0 && items('trace_metric').length > 0;
  await fact('logs linked to a span', async () => {
    await call('logs', logged);
    return items('log')[0].attributes['sentry.trace.parent_span_id'];
  });
  await fact('metrics linked to a span', () => items('trace_metric')[0].span_id);
  await fact('denyUrls', async () => (await call('denied')).events.length === 0);
  await fact('captureFeedback keeps its address', async () => {
    await call('feedback', () => items('feedback').length > 0);
    return items('feedback')[0].contexts.feedback.contact_email === 'jane@example.com';
  });
  for (const how of ['wrapped', 'frozen', 'text'])
    await fact(
      `captured, then thrown ${how}: one event`,
      async () => (await call(`captured-${how}`)).events.length === 1,
    );
  await fact('Sentry.close()', async () => (await call('close', () => false)).events.length === 0);
  await app.stop('SIGKILL');
  await receiver.close();
  return facts;
}

/** Jobs with three attempts: what happens to them, and how many events they are. */
const JOBS = [
  ['broken', 'fails three times', 1],
  ['flaky', 'succeeds at the third attempt', 0],
  ['unrecoverable', 'throws an UnrecoverableError', 1],
  ['given-up', 'its backoff gives up after the first attempt', 1, '&backoff=custom'],
];
const QUIET = 1_500;

async function threeAttempts(kind) {
  const receiver = await Receiver.start();
  const { env, nodeOptions } = startOptions(kind);
  const app = await AppProcess.start({
    lane: '11',
    app: 'jobs',
    env: { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', ...env },
    nodeOptions,
  });
  const facts = [];
  for (const [name, what, expected, query = ''] of JOBS) {
    receiver.clear();
    await (await fetch(`${app.url}/jobs/${name}?attempts=3${query}`)).text();
    await pause(QUIET);
    const { length } = receiver.events;
    facts.push([`${what}: ${length} instead of ${expected}`, length === expected]);
  }
  await app.stop('SIGKILL');
  await receiver.close();
  return facts;
}

module.exports = [
  ...[
    ['fastify.inject()', 'inject'],
    ['HTTP/2', 'http2'],
    ['Serverless adapter', 'mock'],
    ['Manual adapter call', 'replaced'],
    ['Custom server', 'server'],
  ].map(([title, via]) => ({ title, play: (kind) => isolation(via, kind) })),
  { title: 'Three attempts: events reported', play: threeAttempts },
  { title: 'Direct SDK calls', play: sdkCalls },
  { title: 'Process exits', play: exits },
];
