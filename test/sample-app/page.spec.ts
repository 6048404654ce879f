import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { ChildProgram } from '../../sample-app/demo/child-program.js';
import { describeInBrowser, launchBrowser } from '../harness/browser';
import { poll } from '../harness/poll';

const ROOT = join(__dirname, '../..');
/** Its own, because the tests of the demo may compile the sample app at the same time. */
const COMPILED = join(ROOT, 'sample-app/dist/tested');
const FAILED_CARD = '4000 0000 0000 0119';

/** The browser cannot resolve it, the application can: the host of Sentry behind an ad blocker. */
const BLOCKED = 'localhost';

interface Item {
  type: string;
  payload: any;
}

describeInBrowser('the page of the shop, with the host of its DSN blocked in the browser', () => {
  let browser: Browser;
  let inbox: ChildProgram;
  let dsn: string;
  let inboxUrl: string;

  beforeAll(async () => {
    const node = (file: string, ...args: string[]) => execFileSync(process.execPath, [file, ...args], { cwd: ROOT });
    node(require.resolve('typescript/bin/tsc'), '--noCheck', '-p', 'sample-app/tsconfig.json', '--outDir', COMPILED);
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const [, ...args] = (scripts['build:page'] ?? '').split(' ');
    execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), [...args, `--outdir=${COMPILED}/page`], { cwd: ROOT, stdio: 'pipe' }); // prettier-ignore
    inbox = new ChildProgram('The inbox', join(ROOT, 'dist/cjs/cli/main.js'), ['inbox', '--port', '0'], process.env);
    const own = new URL(await inbox.says(/DSN +(http:\S+)/));
    inboxUrl = own.origin;
    dsn = own.href.replace(own.hostname, BLOCKED);
    browser = await launchBrowser({ blocked: BLOCKED });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await inbox.stop();
    rmSync(COMPILED, { recursive: true, force: true });
  });

  const items = async () => (await (await fetch(`${inboxUrl}/api/items`)).json()) as Item[];
  const failures = async () =>
    new Map(
      (await items()).flatMap(({ type, payload }) =>
        type === 'event' ? [[payload.exception.values.at(-1).type as string, payload]] : [],
      ),
    );

  /** @returns the requests of the page that failed, with the reason */
  async function shopIn(page: Page, url: string, account: { email: string; password: string }): Promise<string[]> {
    const failed: string[] = [];
    page.on('requestfailed', (each) =>
      failed.push(`${each.method()} ${each.url()} ${each.failure()?.errorText ?? ''}`),
    );
    await page.goto(url);
    await page.type('[name=email]', account.email);
    await page.type('[name=password]', account.password);
    await page.click('#account button');
    await page.waitForSelector('#shop:not([disabled])');
    await page.click('#voucher');
    await page.click('#pay');
    return failed;
  }

  describe.each(['express', 'fastify'])('on %s', (PLATFORM) => {
    let shop: ChildProgram;
    let shopUrl: string;
    let spool: string;

    beforeAll(async () => {
      spool = mkdtempSync(join(tmpdir(), 'spool-'));
      const inherited = Object.entries(process.env).filter(([name]) => !/^(?:SENTRY_|JEST)/.test(name));
      shop = new ChildProgram('The shop', join(COMPILED, 'src/main.js'), [], {
        ...Object.fromEntries(inherited),
        ...{ PLATFORM, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '', REDIS_URL: '', BROKER_URL: '', NO_COLOR: '1' },
        ...{ NODE_ENV: 'development', SENTRY_DSN: dsn, SENTRY_SPOOL_DIR: spool },
      });
      shopUrl = await shop.says(/Listening on (http:\S+)/);
    }, 60_000);

    afterAll(async () => {
      await shop.stop();
      rmSync(spool, { recursive: true, force: true });
      await fetch(`${inboxUrl}/api/items`, { method: 'DELETE' });
    });

    test('its errors arrive, scrubbed, with the user and in the trace of those of the API', async () => {
      const account = { email: 'ada@example.com', password: 'hunter2-of-the-page' };
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      expect(await shopIn(page, shopUrl, account)).toEqual([]);
      await poll(async () => {
        expect([...(await failures()).keys()].sort()).toEqual(['Error', 'GatewayError', 'TypeError']);
      });
      await context.close(); // the page tells of its load as it is hidden
      await poll(async () => {
        expect((await items()).map(({ payload }) => payload.contexts?.trace?.op)).toContain('pageload');
      });

      const { TypeError: thrown, Error: rejected, GatewayError: ofApi } = Object.fromEntries(await failures());
      expect([thrown.platform, rejected.platform, ofApi.platform]).toEqual(['javascript', 'javascript', 'node']);
      const pseudonym = /user-[0-9a-f]+@pseudonym\.invalid/.exec(ofApi.user.email)?.[0] ?? '';
      expect(thrown.exception.values[0].value).toBe(
        `no voucher of ${pseudonym} for card [Filtered:card], password=[Filtered]`,
      );
      expect(rejected.exception.values[0].value).toBe('POST /payments responded 502');
      expect(ofApi.user).toEqual({ id: '1', email: pseudonym });
      expect([thrown.user, rejected.user]).toEqual([ofApi.user, ofApi.user]);

      const traces = (await items()).flatMap(({ payload: { transaction, contexts } }) =>
        contexts?.trace && transaction !== 'cron open-orders' ? [[transaction, contexts.trace.trace_id]] : [],
      );
      expect(traces.map(([name]) => name)).toEqual(expect.arrayContaining(['GET /', '/', 'POST /payments']));
      expect(new Set(traces.map(([, trace]) => trace)).size).toBe(1);

      const everything = JSON.stringify(await items());
      for (const secret of [account.email, account.password, FAILED_CARD, 'eyJ'])
        expect(everything).not.toContain(secret);
      expect(everything).not.toContain('POST /monitoring');
    });

    test('without the tunnel, they would have been lost', async () => {
      const before = (await items()).filter(({ payload }) => payload.platform === 'javascript');
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const failed = await shopIn(page, `${shopUrl}/?direct`, { email: 'bob@example.com', password: 'hunter2-of-bob' });
      await poll(() => {
        expect(failed.length).toBeGreaterThan(1);
      });
      for (const each of failed) expect(each).toMatch(/^POST http:\/\/localhost:.* net::ERR_NAME_NOT_RESOLVED$/);
      await poll(async () => {
        expect((await items()).filter(({ payload }) => payload.user?.id === '2')).not.toEqual([]); // of the API
      });
      expect((await items()).filter(({ payload }) => payload.platform === 'javascript')).toEqual(before);
      await context.close();
    });
  });
});
