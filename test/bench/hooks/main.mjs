// CPU of the hooks for each operation: without Sentry, with the SDK alone, with this library and the hooks switched off,
// and with them, interleaved in one run. Prints medians of the rounds in microseconds. Needs Redis, PostgreSQL and
// MariaDB on their standard ports; operations without their server are named, and the exit code is 1.
// LANE=12: with Nest 12 and Sentry 11. ONLY=redis,fetch: only these operations. RATE=0: in requests that are not traced.
// ROUNDS and SCALE: how often and how many.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const SCALE = Number(process.env.SCALE ?? 1);
const KINDS = ['bare', 'sentry', 'off', 'on'];
const PORTS = { redis: 6379, postgres: 5432, mariadb: 3306 };

/** Each application: the servers that it needs, and how many of each operation there are in a round. */
const APPLICATIONS = {
  clients: [
    ['redis'],
    { redis: 4_000, pipeline: 8_000, cache: 8_000, wrap: 8_000, fetch: 600, axios: 600, node: 1_000 },
  ],
  typeorm: [['postgres'], { 'typeorm sqlite': 5_000, 'typeorm entity': 3_000, 'typeorm pg': 1_500 }],
  drivers: [
    ['postgres', 'mariadb'],
    { pg: 1_500, 'pg stream': 1_000, knex: 1_500, mysql2: 2_000, 'mysql2 prepared': 2_000 },
  ],
  messages: [[], { nodemailer: 1_000, twilio: 2_000, sendgrid: 4_000 }],
  logger: [[], { 'log text': 10_000, 'log object': 5_000 }],
};

await import('../../harness/prepare-lanes.mjs');
const lane = join(here, '..', '..', '..', '.lanes', process.env.LANE ?? '11');
const service = createServer((_request, response) => response.end('{}'));
await new Promise((resolve) => service.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${service.address().port}`;
const only = process.env.ONLY?.split(',');

const columns = [...KINDS, 'on - off', 'on - sentry'].map((title) => title.padStart(12));
console.log(`\nAn operation: CPU in microseconds, medians of ${ROUNDS} rounds\n${''.padEnd(16)}${columns.join('')}`);
for (const [name, [servers, counts]] of Object.entries(APPLICATIONS)) {
  const operations = Object.keys(counts).filter((operation) => only?.includes(operation) ?? true);
  if (operations.length === 0) continue;
  const answers = await Promise.all(servers.map(isServed));
  const missing = servers.filter((_, at) => !answers[at]);
  if (missing.length > 0) {
    console.error(`** LEFT OUT: ${operations.join(', ')}. Start ${missing.join(' and ')} on the standard port.`);
    process.exitCode = 1;
    continue;
  }
  await compare(join(here, `${name}.mjs`), operations, counts);
}
service.close();
service.closeAllConnections();

async function compare(file, operations, counts) {
  const apps = [];
  for (const kind of KINDS) apps.push(await start(file, kind));
  for (const operation of operations) {
    const count = Math.ceil(counts[operation] * SCALE);
    const times = KINDS.map(() => []);
    for (let round = -1; round < ROUNDS; round++) {
      for (const [at, app] of apps.entries()) {
        const time = await measure(app, operation, count);
        if (round >= 0) times[at].push(time);
      }
    }
    const [bare, sentry, off, on] = times.map(median);
    const figures = [bare, sentry, off, on, on - off, on - sentry];
    console.log(operation.padEnd(16) + figures.map((figure) => figure.toFixed(1).padStart(12)).join(''));
  }
  for (const child of apps) child.removeAllListeners('exit').kill('SIGKILL');
}

function start(file, kind) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, SENTRY_DSN: `${url.replace('//', '//key@')}/1`, NODE_ENV: 'production' };
    const child = fork(file, [lane, kind, url], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)));
    child.once('message', () => resolve(child));
  });
}

function measure(child, operation, count) {
  return new Promise((resolve) => {
    child.once('message', ({ cpu }) => resolve((cpu.user + cpu.system) / count));
    child.send({ operation, count });
  });
}

function median(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}

function isServed(server) {
  return new Promise((resolve) => {
    const socket = connect(PORTS[server], '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.end());
  });
}
