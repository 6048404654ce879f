// CPU a request: the bare application, with plain @sentry/nestjs, and with this library, interleaved in one run.
// Prints medians of the rounds, and ratios to the bare application and to the plain SDK, with quartiles of the rounds.
// PLATFORM=fastify: on Fastify. LANE=12: with Nest 12 and Sentry 11. ONLY=storm,distinct: only these requests.
// KINDS=sentry,tracker: only these applications. ROUNDS and REQUESTS: how often.
import { fork } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
await import('../harness/prepare-lanes.mjs');
const lane = join(here, '..', '..', '.lanes', process.env.LANE ?? '11');
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const REQUESTS = Number(process.env.REQUESTS ?? 3_000);
const CONCURRENCY = 16;
const kinds = process.env.KINDS?.split(',') ?? ['bare', 'sentry', 'tracker', 'unthrottled'];

const large = JSON.stringify({
  lines: Array.from({ length: 1_250 }, (_, at) => ({
    article: `article ${at}`,
    count: at,
    note: 'as last time, please',
    at,
  })),
});
/** Each kind of request: its title, its path by number, its body, and how many of `REQUESTS` there are in a round. */
const scenarios = {
  success: ['succeeds', () => '/cats/1', undefined, 1],
  operations: ['succeeds, with five operations', () => '/cats/five/1', undefined, 1],
  storm: ['fails as all others do', () => '/cats/fail/now', undefined, 0.1],
  distinct: ['fails as no other does', (at) => `/cats/fail/${at}`, undefined, 0.1],
  body: [`fails, with a body of ${Math.round(large.length / 1_000)} KB`, () => '/cats/fail/body', large, 0.1],
  breadcrumbs: ['fails after 50 breadcrumbs', () => '/cats/fail/after/breadcrumbs', undefined, 0.1],
};
const chosen = process.env.ONLY?.split(',') ?? Object.keys(scenarios);

const sink = createServer((incoming, response) => {
  incoming.resume().on('end', () => response.end('{}'));
});
await new Promise((resolve) => sink.listen(0, '127.0.0.1', resolve));

const start = (kind) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, SENTRY_DSN: `http://key@127.0.0.1:${sink.address().port}/1`, NODE_ENV: 'production' };
    const child = fork(join(here, 'app.mjs'), [lane, kind], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)));
    child.once('message', ({ port }) =>
      resolve({ kind, child, port, agent: new Agent({ keepAlive: true, maxSockets: CONCURRENCY }) }),
    );
  });
const cpuOf = ({ child }) =>
  new Promise((resolve) => {
    child.once('message', ({ cpu }) => resolve(cpu.user + cpu.system));
    child.send('cpu');
  });
const send = ({ port, agent }, path, body) =>
  new Promise((resolve, reject) => {
    const options = body && { method: 'POST', headers: { 'content-type': 'application/json' } };
    request({ host: '127.0.0.1', port, path, agent, ...options }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end(body);
  });
let sent = 0;
const load = async (app, pathOf, body, count) => {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await send(app, pathOf(sent++), body);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
};
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)];
const median = (values) => quantile(values, 0.5);
/** The median of the rounds' ratios, and their quartiles. */
const ratio = (values, others) => {
  if (!others) return '';
  const ratios = values.map((value, at) => value / others[at]);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share).toFixed(2));
  return `${middle} (${low} to ${high})`;
};

const apps = await Promise.all(kinds.map(start));
for (const name of chosen) {
  const [title, pathOf, body, share] = scenarios[name];
  const count = Math.ceil(REQUESTS * share);
  const samples = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (const app of apps) await load(app, pathOf, body, count);
  for (let round = 0; round < ROUNDS; round++) {
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: round ${round + 1} of ${ROUNDS} `);
    for (const app of apps) {
      const before = await cpuOf(app);
      await load(app, pathOf, body, count);
      samples[app.kind].push(((await cpuOf(app)) - before) / count);
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(`\nA request that ${title}: CPU, median of ${ROUNDS} rounds of ${count}; ratio (quartiles)`);
  for (const kind of kinds) {
    const [toBare, toPlain] = [samples.bare, samples.sentry].map((others) => ratio(samples[kind], others));
    const columns = [
      kind.padEnd(11),
      `${median(samples[kind]).toFixed(0)} µs`.padStart(9),
      `${toBare} x bare`,
      `${toPlain} x plain`,
    ];
    console.log(`  ${columns.join('   ')}`);
  }
}
for (const { child, agent } of apps) {
  agent.destroy();
  child.removeAllListeners('exit');
  child.kill();
}
sink.close();
