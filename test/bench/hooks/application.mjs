// What the applications of this benchmark have in common. Of four kinds: `bare`, `sentry` (plain @sentry/nestjs), `off`
// (this library, with the hooks switched off) and `on`. A scope and a transaction of its own stand for each request of
// several operations.
import { createRequire } from 'node:module';

const [lane, kind, url] = process.argv.slice(2);
const isTracker = kind === 'off' || kind === 'on';
process.chdir(lane);

/** Loads a package of the lane. */
export const load = createRequire(`${lane}/package.json`);
/** Of a service that responds to everything. */
export const serviceUrl = url;

const sdkOptions = {
  dsn: process.env.SENTRY_DSN,
  environment: 'production',
  tracesSampleRate: Number(process.env.RATE ?? 0.1),
};
if (kind === 'sentry') load('@sentry/nestjs').init(sdkOptions);
if (isTracker) load('nestjs-error-tracker/init').initSentry(sdkOptions);
load('reflect-metadata');

/**
 * @param parts - `root`: metadata of the root module; `off` and `on`: module options of these kinds; `nest`: options of
 * the application
 */
export async function startApplication({ root = {}, off = {}, on = {}, nest = { logger: false } }) {
  const { Module } = load('@nestjs/common');
  const tracking = isTracker ? [load('nestjs-error-tracker').SentryModule.forRoot(kind === 'off' ? off : on)] : [];
  const AppModule = class {};
  Module({ ...root, imports: [...tracking, ...(root.imports ?? [])] })(AppModule);
  const app = await load('@nestjs/core').NestFactory.create(AppModule, nest);
  await app.listen(0, '127.0.0.1');
  return app;
}

/**
 * Runs operations when told to, and sends their CPU time.
 *
 * @param perRequest - operations of one request
 * @param operations - each runs one of them, or is `{ all }` and runs all of a request; both receive a number
 */
export function serve(perRequest, operations) {
  process.on('message', async ({ operation, count }) => {
    const run = operations[operation];
    const all =
      run.all ??
      (async (start) => {
        for (let at = start; at < start + perRequest; at++) await run(at);
      });
    const before = process.cpuUsage();
    for (let at = 0; at < count; at += perRequest) await inRequest(() => all(at));
    process.send({ cpu: process.cpuUsage(before) });
  });
  process.send('ready');
}

const { startSpan, withIsolationScope } = kind === 'bare' ? {} : load('@sentry/nestjs');

function inRequest(run) {
  if (kind === 'bare') return run();
  return withIsolationScope(() => startSpan({ name: 'GET /', op: 'http.server', forceTransaction: true }, run));
}
