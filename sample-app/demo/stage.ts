import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ChildProgram } from './child-program.js';
import { wantedOrAny } from './free-port.js';
import type { DemoOptions } from './options.js';

const ROOT = resolve(__dirname, '../../..');
const COMMAND = join(ROOT, 'dist/cjs/cli/main.js');
const SHOP = join(ROOT, 'sample-app/dist/src/main.js');

const DSN = /(https?:\/\/\w+@127\.0\.0\.1:\d+\/\d+)/;
const LISTENING = /Listening on (http:\S+ \(\w+\))/;

/** The two programs of the demo: the inbox, and the sample app that reports to it. */
export class Stage {
  inboxUrl = '';
  shopUrl = '';
  platform = '';
  private inbox?: ChildProgram;
  private shop?: ChildProgram;
  private spool?: string;

  async start({ inboxPort, shopPort }: DemoOptions): Promise<void> {
    const port = await wantedOrAny(inboxPort, 'the inbox');
    this.inbox = new ChildProgram('The inbox', COMMAND, ['inbox', '--port', String(port)], process.env);
    const dsn = await this.inbox.says(DSN);
    this.inboxUrl = new URL(dsn).origin;

    this.spool = await mkdtemp(join(tmpdir(), 'nestjs-error-tracker-demo-')); // no events of an earlier run
    const env = {
      ...withoutSentry(process.env),
      NODE_ENV: 'development',
      NO_COLOR: '1',
      HOST: '127.0.0.1',
      PORT: String(await wantedOrAny(shopPort, 'the sample app')),
      SENTRY_DSN: dsn,
      SENTRY_SPOOL_DIR: this.spool,
    };
    this.shop = new ChildProgram('The sample app', SHOP, [], env);
    [this.shopUrl = '', this.platform = ''] = (await this.shop.says(LISTENING)).split(/[ ()]+/);
  }

  /** Rejects when one of the programs exits by itself. */
  async brokenDown(): Promise<never> {
    await Promise.race([this.inbox?.ended, this.shop?.ended]);
    throw new Error(`A program of the demo has exited:\n${this.shop?.output ?? ''}`);
  }

  async closeShop(): Promise<void> {
    await this.shop?.stop();
  }

  /** Stops the shop first, so that its last events arrive. */
  async close(): Promise<void> {
    await this.closeShop();
    await this.inbox?.stop();
    if (this.spool !== undefined) await rm(this.spool, { recursive: true, force: true });
  }
}

/** Removes SENTRY_* variables of the environment, so that the demo uses the defaults. */
function withoutSentry(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('SENTRY_')));
}
