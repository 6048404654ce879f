// Envelopes of pages at a fixed rate, and ordinary requests to the same process with and without them, in turn. Both are
// sent at fixed times, whether earlier ones are answered or not; latency counts from the moment that one is sent.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

if (process.argv[2] === 'receiver') {
  const receiver = createServer((incoming, response) => incoming.resume().on('end', () => response.end('{}')));
  receiver.listen(0, '127.0.0.1', () => process.send({ port: receiver.address().port }));
} else await measure();

async function measure() {
  await import('../harness/prepare-lanes.mjs');
  const lane = join(here, '..', '..', '.lanes', process.env.LANE ?? '11');
  const RATE = Number(process.env.RATE ?? 200);
  const SECONDS = Number(process.env.SECONDS ?? 15);
  /** Requests to the API, per second. */
  const API_RATE = 100;
  const WARM_UP = 3;

  const receiver = await started(fork(fileURLToPath(import.meta.url), ['receiver']));
  const dsn = `http://key@127.0.0.1:${receiver.port}/1`;
  const env = { ...process.env, SENTRY_DSN: dsn, NODE_ENV: 'production' };
  const app = await started(fork(join(here, 'app.mjs'), [lane, 'tunnel'], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })); // prettier-ignore
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const send = (latencies, options, body) =>
    new Promise((resolve) => {
      const from = performance.now();
      request({ host: '127.0.0.1', port: app.port, agent, ...options }, (response) => {
        response.resume().on('end', () => {
          latencies.push(response.statusCode === 200 ? performance.now() - from : Infinity);
          resolve();
        });
      })
        .on('error', () => {
          latencies.push(Infinity);
          resolve();
        })
        .end(body);
    });
  const post = { path: '/monitoring', method: 'POST', headers: { 'content-type': 'text/plain;charset=UTF-8' } };
  const envelopes = (seconds) => atRate(RATE, seconds, (latencies) => send(latencies, post, envelope(dsn)));
  const api = (seconds) => atRate(API_RATE, seconds, (latencies) => send(latencies, { path: '/cats/1' }));

  await Promise.all([envelopes(WARM_UP), api(WARM_UP)]);
  const alone = await api(SECONDS);
  const [tunnel, beside] = await Promise.all([envelopes(SECONDS), api(SECONDS)]);

  console.log(`lane ${process.env.LANE ?? '11'}, ${process.env.PLATFORM ?? 'express'}, ${SECONDS} s each, load ${loadavg()[0].toFixed(1)}`); // prettier-ignore
  print(`${RATE} envelopes a second`, tunnel);
  print(`${API_RATE} requests a second, alone`, alone);
  print(`${API_RATE} requests a second, beside envelopes`, beside);
  agent.destroy();
  app.child.kill();
  receiver.child.kill();
}

async function started(child) {
  const port = await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
  });
  return { child, port };
}

async function atRate(rate, seconds, send) {
  const latencies = [];
  const startedAt = performance.now();
  const sent = [];
  for (let at = 0; at < rate * seconds; at++) {
    await pause(startedAt + (at / rate) * 1_000 - performance.now());
    sent.push(send(latencies));
  }
  await Promise.all(sent);
  return latencies.sort((a, b) => a - b);
}

function print(what, latencies) {
  const at = (rank) => latencies[Math.floor((latencies.length - 1) * rank)].toFixed(1);
  const failed = latencies.filter((latency) => latency === Infinity).length;
  console.log(`  ${what.padEnd(44)} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${latencies.length - failed} answered, ${failed} failed`); // prettier-ignore
}

/** What Sentry's browser SDK sends of an error: about 8 KB. */
function envelope(dsn) {
  const event_id = randomUUID().replaceAll('-', '');
  const frames = Array.from({ length: 30 }, (_, at) => ({
    filename: `https://www.shop.example/assets/index-${at % 3}.js`,
    function: `handler${at}`,
    in_app: true,
    lineno: 1,
    colno: 1_000 + at,
  }));
  const breadcrumbs = Array.from({ length: 30 }, (_, at) => ({
    timestamp: 1_790_000_000 + at,
    category: at % 2 ? 'ui.click' : 'fetch',
    ...(at % 2
      ? { message: `body > main > form#cart > button.item-${at}` }
      : {
          type: 'http',
          data: { method: 'GET', url: `/api/items/${at}?email=ada${at}@example.com`, status_code: 200 },
        }),
  }));
  const event = {
    event_id,
    platform: 'javascript',
    exception: { values: [{ type: 'TypeError', value: `no item ${event_id}, token=${event_id}`, stacktrace: { frames } }] },
    breadcrumbs,
    request: { url: 'https://www.shop.example/cart', headers: { 'User-Agent': 'Mozilla/5.0', Referer: 'https://www.shop.example/' } },
    sdk: { name: 'sentry.javascript.browser', version: '10.75.3', settings: { infer_ip: 'auto' } },
    contexts: { trace: { trace_id: event_id, span_id: event_id.slice(16) }, culture: { locale: 'en-GB', timezone: 'Europe/Berlin' } },
    release: 'shop@1.2.3',
    environment: 'production',
  }; // prettier-ignore
  const header = {
    event_id,
    sent_at: new Date().toISOString(),
    dsn,
    sdk: { name: event.sdk.name, version: '10.75.3' },
  };
  return [header, { type: 'event' }, event].map((each) => JSON.stringify(each)).join('\n');
}
