// Many failing requests a second, with the default budgets: the bare application and this library in turn. Requests are
// sent at fixed times, whether earlier ones are answered or not; latency counts from that time.
import { fork } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
await import('../harness/prepare-lanes.mjs');
const lane = join(here, '..', '..', '.lanes', '11');
const RATE = Number(process.env.RATE ?? 2_000);
const SECONDS = Number(process.env.SECONDS ?? 20);
/** Each application gets several turns of this length, in seconds. */
const TURN = 5;
const CONNECTIONS = 128;
/** A request without a response after this many milliseconds counts as unanswered. */
const PATIENCE = 30_000;
const BATCH = 5;

const receiver = createServer((incoming, response) => incoming.resume().on('end', () => response.end('{}')));
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const dsn = `http://key@127.0.0.1:${receiver.address().port}/1`;

async function start(kind) {
  const env = { ...process.env, SENTRY_DSN: dsn, NODE_ENV: 'production' };
  const child = fork(join(here, 'app.mjs'), [lane, kind], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ port }] = await Promise.race([
    new Promise((resolve) => child.once('message', (message) => resolve([message]))),
    new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)))),
  ]);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  return { kind, child, port, agent, latencies: [], sent: 0, wrong: 0, unanswered: 0 };
}

function send(app, due) {
  app.sent++;
  const from = Math.min(due, performance.now());
  return new Promise((resolve) => {
    const done = (outcome) => {
      if (outcome) app[outcome]++;
      else app.latencies.push(performance.now() - from);
      resolve();
    };
    request({ host: '127.0.0.1', port: app.port, path: '/cats/fail/now', agent: app.agent }, (response) => {
      response.resume().on('end', () => done(response.statusCode === 500 ? undefined : 'wrong'));
    })
      .setTimeout(PATIENCE, function () {
        this.destroy(new Error('no response'));
      })
      .on('error', () => done('unanswered'))
      .end();
  });
}

async function turn(app) {
  const startedAt = performance.now();
  const requests = [];
  for (let at = 0; at < RATE * TURN; at++) {
    const due = startedAt + (at / RATE) * 1_000;
    const early = due - performance.now();
    if (early > BATCH) await pause(early);
    requests.push(send(app, due));
  }
  await Promise.all(requests);
}

const apps = [await start('bare'), await start('tracker')];
for (let round = 0; round < SECONDS / TURN; round++) {
  process.stderr.write(`\rturn ${round + 1} of ${SECONDS / TURN}`);
  for (const app of apps) await turn(app);
}
process.stderr.write('\n');
console.log(`${RATE} failing requests a second for ${SECONDS} s each, in turns of ${TURN} s`);
for (const { kind, sent, wrong, unanswered, latencies } of apps) {
  const sorted = latencies.sort((a, b) => a - b);
  const at = (rank) => sorted[Math.floor((sorted.length - 1) * rank)].toFixed(1);
  console.log(
    `  ${kind.padEnd(8)} ${sent} sent, ${wrong} answered wrongly, ${unanswered} unanswered, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
}
for (const { child, agent } of apps) {
  agent.destroy();
  child.removeAllListeners('exit');
  child.kill();
}
receiver.close();
