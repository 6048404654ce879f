import { buildSync } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { startInbox, type Inbox } from '../../../lib/inbox/index.js';
import { describeInBrowser, launchBrowser } from '../../harness/browser';
import { poll } from '../../harness/poll';

const ROOT = join(__dirname, '../../..');

let inbox: Inbox;
beforeEach(async () => (inbox = await startInbox({ port: 0 })));
afterEach(() => inbox.close());

const types = () => [...new Set(inbox.items().map(({ type }) => type))];
const payloadsOf = (type: string) => inbox.items({ type }).map(({ payload }) => payload as any);
const refused = () =>
  inbox.items().flatMap(({ type, relay }) => (relay?.rejects ?? []).map((reason) => `${type}: ${reason}`));

describe.each([
  ['11', 'transaction', '{}'],
  ['12', 'span', "{ traceLifecycle: 'stream' }"],
])('@sentry/node by itself, of lane %s, with each %s', (lane, traced, options) => {
  const client = `
    const Sentry = require('@sentry/node');
    Sentry.init({ dsn: process.env.DSN, tracesSampleRate: 1, enableLogs: true, ...${options} });
    Sentry.startSpan({ name: 'nightly', op: 'cron' }, () => {
      Sentry.startSpan({ name: 'SELECT ?', op: 'db' }, () => undefined);
      Sentry.captureException(new Error('no rows'));
    });
    Sentry.captureCheckIn({ monitorSlug: 'nightly', status: 'in_progress' }, { schedule: { type: 'interval', value: 1, unit: 'day' } });
    Sentry.logger.info('a log');
    Sentry.flush(5000).then(() => process.exit(0));
  `;

  test('delivers events, spans, logs and check-ins, which Sentry would take', async () => {
    const started = spawn(process.execPath, ['-e', client], { cwd: join(ROOT, '.lanes', lane), env: { ...process.env, DSN: inbox.dsn }, stdio: 'inherit' }); // prettier-ignore
    await once(started, 'exit');
    expect(types()).toEqual(expect.arrayContaining(['event', 'log', 'check_in', traced]));
    const [event] = payloadsOf('event');
    const spans = payloadsOf('transaction').map(({ contexts }) => contexts.trace).concat(payloadsOf('span').flatMap(({ items }) => items)); // prettier-ignore
    expect(spans.map(({ trace_id: id }) => id)).toContain(event.contexts.trace.trace_id);
    expect(refused()).toEqual([]);
  });
});

describeInBrowser.each(['@sentry/browser', 'sentry-browser-11'])('%s in a page of another port', (name) => {
  let browser: Browser;
  beforeAll(async () => (browser = await launchBrowser()), 60_000);
  afterAll(() => browser.close());

  test('delivers, and reads the answer', async () => {
    const stdin = { contents: `export * from '${name}'`, resolveDir: ROOT };
    const { outputFiles } = buildSync({ stdin, bundle: true, format: 'iife', globalName: 'Sentry', write: false });
    const front = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('shop'));
    await once(front.listen(0, '127.0.0.1'), 'listening');
    const page = await browser.newPage();
    const failed: string[] = [];
    page.on('requestfailed', (request) => failed.push(`${request.url()} ${request.failure()?.errorText ?? ''}`));
    await page.goto(`http://localhost:${(front.address() as AddressInfo).port}/`);
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    const status = await page.evaluate(`
      Sentry.init({ dsn: '${inbox.dsn}', tracesSampleRate: 1, integrations: [Sentry.browserTracingIntegration()] });
      new Promise((resolve) => {
        Sentry.getClient().on('afterSendEvent', (event, { statusCode }) => event.type === undefined && resolve(statusCode));
        setTimeout(() => { throw new Error('no cart'); });
      });
    `);
    expect(status).toBe(200);
    await page.evaluate(
      `fetch('${inbox.url}/api/1/envelope/', { method: 'POST', headers: { 'x-sentry-auth': 'x' }, body: '{}' })`,
    ); // with a preflight
    await poll(() => {
      expect(payloadsOf('event').map((event) => event.exception.values[0].value)).toEqual(['no cart']);
    });
    expect([failed, refused()]).toEqual([[], []]);
    await page.close();
    front.close();
  });
});
