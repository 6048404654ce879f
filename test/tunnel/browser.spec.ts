import { buildSync } from 'esbuild';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { AppProcess } from '../harness/app-process';
import { describeInBrowser, launchBrowser } from '../harness/browser';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { lanesAndPlatforms } from '../harness/scale';
import { browserEvent, eventId } from './envelopes';

/** Not that of the page: what browsers block as that of a third party. */
const BLOCKED = 'localhost';
const USER = { id: 'ab12' };

function sdkOf(name: string): string {
  const stdin = { contents: `export * from '${name}'`, resolveDir: join(__dirname, '../..') };
  const { outputFiles } = buildSync({ stdin, bundle: true, format: 'iife', globalName: 'Sentry', write: false });
  return outputFiles[0]?.text ?? '';
}

describeInBrowser.each(lanesAndPlatforms)(
  'pages of a browser that blocks the host of Sentry, lane %s on %s',
  (lane, platform) => {
    let browser: Browser;
    let receiver: FaultyReceiver;
    let app: AppProcess;
    let page: Page;
    let sent: HTTPRequest[];
    const sdk = sdkOf(lane === '11' ? '@sentry/browser' : 'sentry-browser-11');

    beforeAll(async () => {
      browser = await launchBrowser({ blocked: BLOCKED });
    }, 60_000);
    afterAll(() => browser.close());

    beforeEach(async () => {
      receiver = await FaultyReceiver.start();
      page = await browser.newPage();
      sent = [];
      page.on('request', (request) => request.url().includes('/monitoring') && sent.push(request));
      await browser.setCookie({ name: 'session', value: USER.id, domain: '127.0.0.1', httpOnly: true });
    });

    const dsn = () => receiver.dsn.replace('127.0.0.1', BLOCKED);

    async function startApp(tunnel: object = {}): Promise<void> {
      const options = { SENTRY_TRACES_SAMPLE_RATE: '1', TUNNEL: JSON.stringify(tunnel), TUNNEL_USER: 'cookie' };
      app = await AppProcess.start({ lane, app: 'tunnel', env: { SENTRY_DSN: dsn(), PLATFORM: platform, ...options } });
    }

    async function open(url: string, options = {}): Promise<void> {
      await page.goto(url);
      await page.addScriptTag({ content: sdk });
      await page.evaluate(`
        Sentry.init({
          dsn: '${dsn()}', tunnel: '/monitoring', release: 'shop@1', tracesSampleRate: 1, replaysOnErrorSampleRate: 1,
          integrations: [Sentry.browserTracingIntegration(), Sentry.replayIntegration({ minReplayDuration: 0 })],
          ...${JSON.stringify(options)},
        });
      `);
    }

    async function openPage(): Promise<void> {
      await startApp();
      await open(`${app.url}/page`);
    }

    afterEach(async () => {
      await page.close();
      await app.stop('SIGKILL');
      await receiver.close();
    });

    const errorOf = (platform: string) => receiver.events.find((event) => event.platform === platform);

    test('an error of the page and one of the API tell of one user and one trace', async () => {
      await openPage();
      await page.evaluate(`
      fetch('/orders/1').then(() => setTimeout(() => { throw new Error('no cart, password=hunter2-of-the-page'); }));
    `);
      await poll(() => {
        expect(receiver.events.map((event) => event.platform).sort()).toEqual(['javascript', 'node']);
      });
      const [ofPage, ofApi] = [errorOf('javascript'), errorOf('node')];
      expect(ofPage.exception.values[0].value).toBe('no cart, password=[Filtered]');
      expect(ofPage.contexts.trace.trace_id).toBe(ofApi.contexts.trace.trace_id);
      expect(ofPage.user).toEqual(USER);
      expect(ofApi.user.id).toBe(USER.id);
      expect(sent.map((each) => each.headers()['content-encoding'])).not.toContain('gzip');
    });

    test('an error arrives from a page that is left, and from a beacon', async () => {
      await openPage();
      await page.evaluate(`
      navigator.sendBeacon('/monitoring', ${JSON.stringify(browserEvent(dsn()))});
      Sentry.captureException(new Error('at last'));
      location.href = 'about:blank';
    `);
      await poll(() => {
        expect(receiver.values.sort()).toEqual(['at last', 'cart.total is not a function']);
      });
      expect(receiver.eventIds).toContain(eventId);
    });

    test('feedback arrives without its screenshot, and no replay does', async () => {
      await openPage();
      await page.evaluate(`
      Sentry.captureFeedback(
        { message: 'mail me at ada@example.com' },
        { attachments: [{ filename: 'screenshot.png', data: new Uint8Array(5_000), contentType: 'image/png' }] },
      );
      Sentry.getReplay().flush();
    `);
      const types = () => receiver.taken.flatMap(({ items }) => items.map(({ type }) => type));
      await poll(async () => {
        expect(types()).toContain('feedback');
        expect((await app.status()).tunnel.refused).toEqual({ type: 3 }); // the screenshot, and both parts of the replay
      });
      expect(types().filter((type) => /attachment|replay/.test(type))).toEqual([]);
      expect(JSON.stringify(receiver.taken)).not.toContain('ada@example.com');
    });

    test('a page of another origin reads the answer, and sends its cookie if it is told to', async () => {
      const front = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('shop'));
      await once(front.listen(0, '127.0.0.1'), 'listening');
      const origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
      await startApp({ origins: [origin] });
      let limited = 0;
      receiver.decide = ({ items }) => {
        if (!items.some(({ type }) => type === 'feedback')) return undefined;
        limited++;
        return (response) => response.writeHead(429, { 'x-sentry-rate-limits': '600:feedback:organization' }).end();
      };
      const [tunnel, fetchOptions] = [`${app.url}/monitoring`, { credentials: 'include' }];
      await open(origin, { tunnel, transportOptions: { fetchOptions } });
      await page.evaluate(`Sentry.captureFeedback({ message: 'the first' })`);
      await poll(() => {
        expect(limited).toBe(1);
      });
      await page.evaluate(`setTimeout(() => { throw new Error('no cart'); })`);
      await poll(() => {
        expect(receiver.events).toEqual([expect.objectContaining({ platform: 'javascript', user: USER })]);
      });
      await page.evaluate(`
        Sentry.captureFeedback({ message: 'the second' });
        setTimeout(() => { throw new Error('no order'); });
      `);
      await poll(() => {
        expect(receiver.values).toEqual(['no cart', 'no order']);
      });
      const bodies = await Promise.all(sent.map((request) => request.fetchPostData()));
      expect(bodies.filter((body) => body?.includes('"type":"feedback"'))).toHaveLength(1); // the page knows of the limit
      front.close();
    });
  },
);
