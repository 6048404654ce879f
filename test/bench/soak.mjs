// Ten minutes of requests that succeed, fail alike, fail each in its own way or match no route, while Sentry works,
// answers 503, hangs or is down. Heap (after a forced collection), resources and descriptors: at the end as at the
// beginning.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
await import('../harness/prepare-lanes.mjs');
const lane = join(here, '..', '..', '.lanes', '11');
const MINUTES = Number(process.env.MINUTES ?? 10);
const WORKERS = 8;
const FAULT_SECONDS = 10;
const faults = ['works', 'answers 503', 'hangs', 'works', 'is down'];

let fault = 'works';
let taken = 0;
const receiver = createServer((incoming, response) => {
  incoming.resume().on('end', () => {
    if (fault === 'hangs') return;
    if (fault === 'works') taken++;
    response.writeHead(fault === 'works' ? 200 : 503).end('{}');
  });
});
receiver.listen(0, '127.0.0.1');
await once(receiver, 'listening');
const { port: sentryPort } = receiver.address();

async function setFault(next) {
  if (fault === 'is down') await once(receiver.listen(sentryPort, '127.0.0.1'), 'listening');
  fault = next;
  if (next !== 'is down') return;
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
}

const spool = mkdtempSync(join(tmpdir(), 'soak-'));
const env = {
  ...process.env,
  SENTRY_DSN: `http://key@127.0.0.1:${sentryPort}/1`,
  SENTRY_SPOOL_DIR: spool,
  NODE_ENV: 'production',
};
const child = fork(join(here, 'app.mjs'), [lane, 'tracker'], {
  env,
  execArgv: ['--expose-gc'],
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
const [{ port }] = await once(child, 'message');
const agent = new Agent({ keepAlive: true, maxSockets: WORKERS });
let sent = 0;
let unanswered = 0;

const paths = [
  () => '/cats/1',
  () => '/cats/fail/now',
  () => `/cats/fail/${sent}`,
  () => `/missing-${sent}?token=${sent}`,
];
const get = (path) =>
  new Promise((resolve) => {
    const headers = { 'x-request-id': `request-${sent}`, 'user-agent': `client ${sent}` };
    request({ host: '127.0.0.1', port, path, agent, headers }, (response) => response.resume().on('end', resolve))
      .on('error', () => resolve(unanswered++))
      .end();
  });
let goesOn = true;
const work = async () => {
  while (goesOn) {
    await get(paths[sent++ % paths.length]());
    await pause(10);
  }
};
async function report(title) {
  const answer = once(child, 'message');
  child.send('report');
  const [{ heap, resources, descriptors }] = await answer;
  console.log(
    `${title.padEnd(12)} heap ${(heap / 1e6).toFixed(1).padStart(6)} MB, ${resources} resources, ${descriptors} descriptors, ` +
      `${sent} requests, ${unanswered} unanswered, ${taken} envelopes taken`,
  );
}

const workers = Array.from({ length: WORKERS }, work);
for (let minute = 0; minute <= MINUTES; minute++) {
  if (minute > 0) await report(`minute ${minute}`);
  if (minute === MINUTES) break;
  for (let at = 0; at < 60 / FAULT_SECONDS; at++) {
    await setFault(faults[(minute * 6 + at) % faults.length]);
    await pause(FAULT_SECONDS * 1_000);
  }
}
goesOn = false;
await Promise.all(workers);
await setFault('works');
agent.destroy();
await pause(30_000);
await report('at rest');
child.kill();
receiver.closeAllConnections();
receiver.close();
rmSync(spool, { recursive: true, force: true });
