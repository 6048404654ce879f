// Tables whose rows are sent to one running application; each row names the events that it must produce.
const { setTimeout: pause } = require('node:timers/promises');
const { startOptions } = require('./start.cjs');
const { AppProcess } = require('../harness/app-process.ts');
const { Receiver } = require('../harness/receiver.ts');
const { SocketClient } = require('../websockets/socket-client.ts');

const OWN =
  /@Report|reported|captured|manual|ignored|by hand|slow|domain error|setUser|resolver wins|hooks throw|drain/i;
const QUIET = 250;

const get = (url, init) =>
  fetch(url, init).then(
    (response) => response.text(),
    () => undefined,
  );
const tables = [
  {
    title: 'HTTP, Express',
    app: 'http',
    rows: require('../http/expectations.ts').expectations,
    run: (app, { path, method, headers, body }) =>
      get(`${app.url}${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': body.type }) },
        body: body?.content,
      }),
  },
  { title: 'HTTP, Fastify', app: 'http', env: { PLATFORM: 'fastify' } },
  {
    title: 'GraphQL, Apollo',
    app: 'graphql',
    rows: require('../graphql/expectations.ts').expectations.filter(({ enhancers }) => !enhancers),
    run: (app, { query, variables, headers }) =>
      get(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
  },
  {
    title: 'RPC, TCP',
    app: 'rpc',
    env: { TRANSPORT: 'tcp', INHERIT: '1' },
    rows: require('../rpc/expectations.ts').expectations,
    run: (app, { pattern, data = {} }) =>
      get(`${app.url}/send/${pattern}?data=${encodeURIComponent(JSON.stringify(data))}`, {
        signal: AbortSignal.timeout(3_000),
      }),
  },
  {
    title: 'gRPC',
    app: 'grpc',
    rows: require('../grpc/expectations.ts').expectations,
    run: (app, { method, data = {} }) =>
      get(`${app.url}/call/${method}?data=${encodeURIComponent(JSON.stringify(data))}`),
  },
  {
    title: 'WebSockets, socket.io',
    app: 'websockets',
    env: { SOCKETS: 'socket.io' },
    rows: require('../websockets/expectations.ts').expectations,
    run: async (app, { event, payload, headers }) => {
      const client = await SocketClient.open('socket.io', app.url, headers);
      client.send(event, payload ?? {});
      await pause(60);
      client.close();
    },
  },
];
Object.assign(tables[1], { rows: tables[0].rows, run: tables[0].run });
const background = require('../jobs/expectations.ts');
for (const [title, rows] of Object.entries({
  Schedule: background.schedules,
  Events: background.events,
  BullMQ: background.jobs,
})) {
  // A job may begin, or end, after the answer.
  tables.push({ title, app: 'jobs', rows, quiet: 1_500, run: (app, { path }) => get(`${app.url}${path}`) });
}
tables.push({
  title: 'CQRS',
  app: 'cqrs',
  rows: require('../events/expectations.ts').cqrs,
  run: (app, { path }) => get(`${app.url}/${path}`),
});

const expected = ({ event, events, reported }, table) =>
  events ?? [table.app === 'websockets' ? reported : event].filter((value) => value !== undefined);
const values = (receiver) =>
  receiver.events.map(
    (event) => event.message ?? event.exception?.values.at(-1)?.value ?? event.exception?.values[0]?.value ?? '',
  );

async function arrived(receiver, quiet = QUIET) {
  for (let before = -1; before !== receiver.events.length;) {
    before = receiver.events.length;
    await pause(quiet);
  }
  return values(receiver);
}

function judge(wanted, got) {
  if (wanted.length === 0) return got.length === 0 ? 'right' : 'noise';
  if (got.length === 0) return 'missed';
  if (got.length > wanted.length) return 'more than once';
  return got.length === wanted.length ? 'right' : 'missed';
}

async function play(table, kind) {
  const receiver = await Receiver.start();
  const counts = { right: 0, missed: 0, 'more than once': 0, noise: 0, rows: 0 };
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = {
    ...table.env,
    RPC_PORT: String(port),
    SENTRY_DSN: receiver.dsn,
    SENTRY_ENVIRONMENT: 'test',
    SENTRY_TRACES_SAMPLE_RATE: '1',
    ...startOptions(kind).env,
  };
  const { nodeOptions } = startOptions(kind);
  const app = await AppProcess.start({ lane: '11', app: table.app, env, nodeOptions });
  try {
    for (const row of table.rows.filter(
      (candidate) => !OWN.test(`${candidate.name ?? ''} ${candidate.pattern ?? candidate.method ?? ''}`),
    )) {
      process.stderr.write(`\r${table.title}, ${kind}: ${++counts.rows} of at most ${table.rows.length}   `);
      receiver.clear();
      await table.run(app, row).catch(() => undefined);
      counts[judge(expected(row, table), await arrived(receiver, table.quiet))]++;
    }
  } finally {
    await app.stop('SIGKILL');
    await receiver.close();
  }
  return counts;
}

module.exports = tables.map((table) => ({ title: table.title, play: (kind) => play(table, kind) }));
