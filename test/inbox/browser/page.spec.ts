import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { startInbox, type Inbox } from '../../../lib/inbox/index.js';
import { hasChromium, launchBrowser } from '../../harness/browser';
import { poll } from '../../harness/poll';
import { deliver, HOSTILE, paymentError, paymentTrace, SmallProject } from './fixtures';

const describeIn = hasChromium() ? describe : describe.skip;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

describeIn.each(SIZES)('the page in a browser, $width pixels wide', (size) => {
  let browser: Browser;
  let project: SmallProject;
  let inbox: Inbox;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    project = await SmallProject.create();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await project.remove();
  });

  beforeEach(async () => {
    inbox = await startInbox({ port: 0, project: project.folder });
    await deliver(inbox.url, ['transaction', paymentTrace()], ['event', paymentError(project.frames())]);
    page = await browser.newPage();
    await page.setViewport(size);
    faults = [];
    page.on('console', (line) => ['error', 'warn'].includes(line.type()) && faults.push(line.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  });
  afterEach(async () => {
    expect(faults).toEqual([]);
    expect(await page.evaluate('document.scrollingElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.close();
    await inbox.close();
  });

  const open = async (hash = ''): Promise<void> => {
    await page.goto(`${inbox.url}/${hash}`);
    await page.waitForSelector('.live.live');
  };
  const textOf = (selector: string) =>
    page.$$eval(selector, (nodes) => nodes.map((node) => (node as unknown as { innerText: string }).innerText));
  const rows = () => textOf('#list .row .title');
  const isShown = (selector: string) => page.waitForSelector(selector, { visible: true });
  const button = (label: string) => isShown(`::-p-xpath(//*[self::a or self::button][normalize-space()="${label}"])`);

  /** What a shell passes to curl for a copied command. */
  const argumentsOf = (command: string) =>
    execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`])
      .toString()
      .split('\0');
  const copied = async (label: string): Promise<string> => {
    await browser.defaultBrowserContext().overridePermissions(inbox.url, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']); // prettier-ignore
    await page.bringToFront();
    await (await button(label)).click();
    await button('Copied');
    return (await page.evaluate('navigator.clipboard.readText()')) as string;
  };

  test('a click on an issue shows its TypeScript, with the frames of libraries folded', async () => {
    await open();
    await page.click('#list .row');
    await poll(async () => {
      expect((await textOf('.frame.own .place'))[0]).toMatch(/^src\/pay\.ts:5:\d+$/);
    });
    expect(await textOf('.frame.own .line.hit')).toEqual([expect.stringContaining('(order: Order): number => order.total')]); // prettier-ignore
    expect(await textOf('.frame.own')).toHaveLength(1);
    expect(await textOf('.folded summary')).toEqual(['3 frames of nestjs-error-tracker, @nestjs/core, Node.js']);
    expect(await textOf('.folded .frame')).toEqual(['', '', '']);
    await page.click('.folded summary');
    await poll(async () => {
      expect((await textOf('.folded .frame .function')).slice(0, 2)).toEqual(['within', 'proxy']);
    });
    const headings = (await textOf('#detail h2')).map((heading) => heading.split(/\s{2}|\n/)[0]);
    for (const heading of ['Operation', 'Exception', 'Breadcrumbs', 'Tags', 'User', 'Request'])
      expect(headings.join()).toContain(heading);
    expect(await textOf('.exception')).toEqual([expect.stringContaining('PaymentError'), expect.stringContaining('GatewayTimeout')]); // prettier-ignore
    await page.click('.scrubbed summary');
    expect((await textOf('.scrubbed tbody tr')).join()).toMatch(/user\.email\s+@email\s+replaced: \[Filtered\]/);
    expect(await textOf('.relay')).toEqual([expect.stringContaining('Sentry would take this')]);
  });

  test('a click on the error of a span leads to it, and back to the trace', async () => {
    await open('#/traces');
    await page.click('#list .row');
    const bars = await page.$$eval('.waterfall .span', (nodes) => nodes.map((node) => node.getAttribute('class')));
    expect(bars).toEqual(['span c0 bad', 'span c1 bad']);
    await page.click('.waterfall li:nth-child(2) summary');
    await isShown('.waterfall .facts');
    await page.click('.waterfall li:nth-child(2) .mark');
    await isShown('article.event');
    await (await button('Show trace')).click();
    await isShown('article.trace');
  });

  test('counts, search, environments and tags', async () => {
    const other = { event_id: 'e'.repeat(32), environment: 'staging', tags: { tenant: 'globex' }, user: { id: 'u2' } };
    await deliver(inbox.url, ['event', paymentError([], other)]);
    const third = { fingerprint: ['other'], event_id: 'f'.repeat(32), transaction: 'GET /orders', exception: { values: [{ type: 'OrderError' }] } }; // prettier-ignore
    await deliver(inbox.url, ['event', paymentError([], third)]);
    await open();
    expect(await rows()).toEqual(['OrderError', 'PaymentError']);
    expect(await textOf('#list .count')).toEqual(['×2']);
    expect(await page.$$eval('#list .timeline', (lines) => lines.map((line) => line.getAttribute('title')))).toEqual([expect.stringMatching(/^1 occurrence since/), expect.stringMatching(/^2 occurrences since/)]); // prettier-ignore

    const search = async (query: string): Promise<string[]> => {
      await page.$eval('#filter', (input, value) => {
        (input as unknown as { value: string }).value = value;
        input.dispatchEvent(new Event('input'));
      }, query); // prettier-ignore
      return rows();
    };
    expect(await search('tenant:globex')).toEqual(['PaymentError']);
    expect(await textOf('#list .count')).toEqual([]);
    expect(await search('route:/orders')).toEqual(['OrderError']);
    expect(await search('user:u2')).toEqual(['PaymentError']);
    expect(await search('user:u')).toEqual([]);
    expect(await search('!user:u2 tenant:ac* "not paid"')).toEqual(['PaymentError']);
    expect(await search('')).toEqual(['OrderError', 'PaymentError']);

    await page.select('#environment', 'staging');
    expect(await rows()).toEqual(['PaymentError']);
    await page.select('#environment', '');
    await page.click('#list li:last-child .row');
    await (await isShown('.chip')).click();
    expect(await page.$eval('#filter', (input) => (input as unknown as { value: string }).value)).toBe('tenant:globex');
  });

  test('keys move, search, switch views and themes, and explain themselves', async () => {
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await open();
    const dark = await background();
    await page.keyboard.press('j');
    await isShown('article.event');
    await page.keyboard.press('t');
    await isShown('article.trace');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('location.hash')).toBe('#/traces');
    await page.keyboard.press('1');
    expect(await page.evaluate('location.hash')).toBe('#/errors');
    await page.keyboard.press('/');
    await page.keyboard.type('j?nothing');
    expect(await textOf('#list .note')).toEqual(['Nothing matches.']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect((await textOf('#help')).join()).toContain('route:/orders');
    await page.keyboard.press('Escape');
    expect(await page.$('#help:not([hidden])')).toBeNull();
    await page.keyboard.press('d');
    expect(await background()).not.toBe(dark);
    await page.reload();
    expect(await background()).not.toBe(dark); // it is kept
    await page.click('#theme');
    expect(await background()).toBe(dark);
  });

  test('a copied command passes what was sent, and runs nothing', async () => {
    await open(`#/event/${'c'.repeat(32)}`);
    const passed = argumentsOf(await copied('Copy request as curl'));
    expect(passed.slice(0, 4)).toEqual(['-X', 'POST', '--url', 'http://localhost/payments']);
    expect(passed.slice(4)).toEqual(['-H', `x-note: ${HOSTILE}`, '--data-raw', JSON.stringify({ note: HOSTILE }), '']);
    expect(await copied('Copy request as curl')).not.toContain('\u001b');
    const body = argumentsOf(await copied('Copy item as curl')).at(-2)!;
    expect(JSON.parse(body.split('\n')[2]!)).toEqual(inbox.items({ type: 'event' })[0]!.payload);
    expect(JSON.parse(await copied('Copy JSON'))).toEqual(inbox.items({ type: 'event' })[0]!.payload);
  });

  test('jobs and monitors', async () => {
    const checkIn = (id: string, status: string) => ({ check_in_id: id.repeat(32), monitor_slug: 'nightly', status, duration: 2, monitor_config: { schedule: { type: 'crontab', value: '0 3 * * *' } } }); // prettier-ignore
    await deliver(inbox.url, ['check_in', checkIn('1', 'in_progress')], ['check_in', checkIn('1', 'ok')], ['check_in', checkIn('2', 'error')]); // prettier-ignore
    const job = { ...paymentTrace(), transaction: 'mail', spans: [], contexts: { trace: { trace_id: '9'.repeat(32), span_id: '9'.repeat(16), op: 'queue.process', status: 'ok' } } }; // prettier-ignore
    await deliver(inbox.url, ['transaction', job]);
    await open('#/jobs');
    expect(await rows()).toEqual(['nightly', 'mail']);
    expect(await textOf('#list .badge')).toEqual(['error', 'queue.process']);
    await page.click('#list .row');
    await isShown('article.monitor');
    expect((await textOf('.monitor tbody tr')).map((row) => row.split(/\s+/)[1])).toEqual(['error', 'ok']);
    expect(await textOf('.monitor .chips')).toEqual([expect.stringContaining('0 3 * * *')]);
    await page.goto(`${inbox.url}/#/job/mail`);
    await (await button('Show trace')).click();
    await isShown('article.trace');
  });

  test('delivery: what Sentry would refuse, what was lost, what was late', async () => {
    const old = { event_id: '7'.repeat(32), timestamp: Date.now() / 1000 - 60, tags: { 'bad\u00e4': 'x' } };
    await deliver(inbox.url, ['event', paymentError([], old)], ['transaction', { ...paymentTrace(), contexts: {} }]);
    await deliver(inbox.url, ['client_report', { discarded_events: [{ category: 'error', reason: 'network_error', quantity: 3 }] }]); // prettier-ignore
    await open('#/delivery');
    expect(await textOf('#list .badge')).toEqual(['lost', 'refused', 'changed']);
    const tables = (await textOf('.delivery table')).join('\n');
    expect(tables).toMatch(/transaction\s+2\s+.* [KM]?B\s+1\s+0/);
    expect(tables).toMatch(/error\s+network_error\s+3/);
    expect(tables).toMatch(/PaymentError: not paid\s+1 min 0 s/);
    await page.click('#list li:nth-child(2) .row');
    await isShown('.relay.refused');
  });

  test('hostile events are text, and 5 MB are shown', async () => {
    await deliver(inbox.url, ['event', { message: `${HOSTILE}<script>alert(1)</script>`, extra: { long: 'x'.repeat(5 * 1024 * 1024) }, tags: { [HOSTILE]: HOSTILE } }]); // prettier-ignore
    await open('#/messages');
    const started = Date.now();
    await page.click('#list .row');
    await isShown('.relay.refused');
    expect((await textOf('#detail h1')).join()).toContain('<script>alert(1)</script>');
    await (await button('Raw JSON')).click();
    await isShown('article.raw');
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(await page.$$('#detail img, #detail script, #list img')).toEqual([]);
  });

  test('an error appears as it arrives, and is still there after a restart', async () => {
    const file = join(project.folder, `items-${size.width}.jsonl`);
    const { port } = inbox;
    await inbox.close();
    inbox = await startInbox({ port, file, project: project.folder });
    await open();
    const fresh = { fingerprint: ['new'], event_id: '8'.repeat(32), exception: { values: [{ type: 'NewError' }] } };
    await deliver(inbox.url, ['event', paymentError([], fresh)]);
    const appears = () =>
      poll(async () => {
        expect(await rows()).toEqual(['NewError']);
        expect(await page.title()).toBe('(1) Inbox');
      }, 15_000);
    await appears();
    await inbox.close();
    inbox = await startInbox({ port, file, project: project.folder });
    await page.reload();
    await appears();
  });
});
