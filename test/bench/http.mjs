// CPU a request: the bare application, with plain @sentry/nestjs, and with this library, interleaved in one run.
// Prints medians of the rounds, and ratios to the bare application and to the plain SDK, with quartiles of the rounds.
// PLATFORM=fastify: on Fastify. LANE=12: with Nest 12 and Sentry 11. KINDS=sentry,tracker: only these applications.
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
const kinds = process.env.KINDS?.split(',') ?? ['bare', 'sentry', 'tracker', 'instrumented', 'unthrottled'];

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
const get = ({ port, agent }, path) =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
const load = async (app, path, count) => {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await get(app, path);
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
  return `${middle} (${low} - ${high})`;
};

const apps = await Promise.all(kinds.map(start));
for (const [title, path, count] of [
  ['a request that succeeds', '/cats/1', REQUESTS],
  ['a request that fails', '/cats/fail/now', Math.ceil(REQUESTS / 10)],
]) {
  const samples = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (const app of apps) await load(app, path, count);
  for (let round = 0; round < ROUNDS; round++) {
    process.stderr.write(`\r${title}: round ${round + 1} of ${ROUNDS}`);
    for (const app of apps) {
      const before = await cpuOf(app);
      await load(app, path, count);
      samples[app.kind].push(((await cpuOf(app)) - before) / count);
    }
  }
  process.stderr.write('\n');
  console.log(`\n${title}: CPU a request, median of ${ROUNDS} rounds of ${count}`);
  for (const kind of kinds) {
    const value = `${median(samples[kind]).toFixed(0).padStart(6)} µs`;
    const [bare, plain] = [ratio(samples[kind], samples.bare), ratio(samples[kind], samples.sentry)];
    console.log(`  ${kind.padEnd(12)} ${value}   x bare ${bare}   x plain ${plain}`);
  }
}
for (const { child, agent } of apps) {
  agent.destroy();
  child.removeAllListeners('exit');
  child.kill();
}
sink.close();
