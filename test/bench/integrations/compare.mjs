// CPU of integrations for each operation: without Sentry, with the SDK alone, with this library and the integrations
// switched off, and with them, interleaved in one run. Prints medians of the rounds in microseconds. LANE=12: with Nest
// 12 and Sentry 11. ONLY: names of operations. RATE=0: in requests that are not traced. ROUNDS and SCALE: how often and
// how many.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const SCALE = Number(process.env.SCALE ?? 1);
const KINDS = ['bare', 'sentry', 'off', 'on'];

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

/**
 * @param file - the application, beside this file
 * @param counts - how many of each operation there are in a round
 */
export async function compare(file, counts) {
  await import('../../harness/prepare-lanes.mjs');
  const lane = join(here, '..', '..', '..', '.lanes', process.env.LANE ?? '11');
  const service = createServer((_request, response) => response.end('{}'));
  await new Promise((resolve) => service.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${service.address().port}`;
  const apps = [];
  for (const kind of KINDS) apps.push(await start(join(here, file), kind, lane, url));

  process.stdout.write(`${'µs each'.padEnd(16)}${KINDS.map((kind) => kind.padStart(9)).join('')}   on - off\n`);
  const chosen = process.env.ONLY?.split(',') ?? Object.keys(counts);
  for (const operation of Object.keys(counts).filter((name) => chosen.includes(name))) {
    const count = Math.ceil(counts[operation] * SCALE);
    const times = new Map(KINDS.map((kind) => [kind, []]));
    for (let round = -1; round < ROUNDS; round++) {
      for (const app of apps) {
        const time = await measure(app, operation, count);
        if (round >= 0) times.get(app.kind).push(time);
      }
    }
    const medians = KINDS.map((kind) => median(times.get(kind)));
    const columns = medians.map((value) => value.toFixed(1).padStart(9)).join('');
    process.stdout.write(`${operation.padEnd(16)}${columns}   ${(medians[3] - medians[2]).toFixed(2)}\n`);
  }
  for (const { child } of apps) child.removeAllListeners('exit').kill('SIGKILL');
  service.close();
  service.closeAllConnections();
}

function start(file, kind, lane, url) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, SENTRY_DSN: `${url.replace('//', '//key@')}/1`, NODE_ENV: 'production' };
    const child = fork(file, [lane, kind, url], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)));
    child.once('message', () => resolve({ kind, child }));
  });
}

function measure({ child }, operation, count) {
  return new Promise((resolve) => {
    child.once('message', ({ cpu }) => resolve((cpu.user + cpu.system) / count));
    child.send({ operation, count });
  });
}
