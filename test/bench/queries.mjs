// CPU of the hooks on queries, for each query: with the SDK alone, with TypeORM switched off, and with the hooks,
// interleaved in one run. Prints medians of the rounds in microseconds. Needs PostgreSQL on its standard port. LANE=12:
// with Nest 12 and Sentry 11. ONLY=sqlite,pg: only these. RATE=0: in requests that are not traced. ROUNDS and SCALE: how
// often and how many.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
await import('../harness/prepare-lanes.mjs');
const lane = join(here, '..', '..', '.lanes', process.env.LANE ?? '11');
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const SCALE = Number(process.env.SCALE ?? 1);
const KINDS = ['bare', 'sentry', 'off', 'on'];
/** How many of each query there are in a round. */
const QUERIES = { sqlite: 10_000, entity: 4_000, postgres: 4_000, pg: 5_000 };

const receiver = createServer((_request, response) => response.end('{}'));
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const dsn = `http://key@127.0.0.1:${receiver.address().port}/1`;

const start = (kind) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, SENTRY_DSN: dsn, NODE_ENV: 'production' };
    const child = fork(join(here, 'queries-app.mjs'), [lane, kind], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)));
    child.once('message', () => resolve({ kind, child }));
  });
const measure = ({ child }, query, count) =>
  new Promise((resolve) => {
    child.once('message', ({ cpu }) => resolve((cpu.user + cpu.system) / count));
    child.send({ query, count });
  });
const chosen = process.env.ONLY?.split(',') ?? Object.keys(QUERIES);
const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

const apps = [];
for (const kind of KINDS) apps.push(await start(kind));
process.stdout.write(`${'µs a query'.padEnd(16)}${KINDS.map((kind) => kind.padStart(9)).join('')}   on - off\n`);
for (const [query, full] of Object.entries(QUERIES)) {
  if (!chosen.includes(query)) continue;
  const count = Math.ceil(full * SCALE);
  const times = new Map(KINDS.map((kind) => [kind, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const app of apps) {
      const time = await measure(app, query, count);
      if (round >= 0) times.get(app.kind).push(time);
    }
  }
  const medians = KINDS.map((kind) => median(times.get(kind)));
  const columns = medians.map((value) => value.toFixed(1).padStart(9)).join('');
  process.stdout.write(`${query.padEnd(16)}${columns}   ${(medians[3] - medians[2]).toFixed(2)}\n`);
}
for (const { child } of apps) child.removeAllListeners('exit').kill('SIGKILL');
receiver.close();
receiver.closeAllConnections();
