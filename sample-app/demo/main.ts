import { setTimeout as wait } from 'node:timers/promises';
import { accountOf } from './account.js';
import { readItems } from './inbox-items.js';
import { isAsExpected, type Judgement, judge } from './judgement.js';
import { type DemoOptions, readOptions, WrongUse } from './options.js';
import { paintFor } from './paint.js';
import { progress } from './progress.js';
import { playScenario } from './scenario.js';
import { Shop } from './shop.js';
import { Stage } from './stage.js';

const ARRIVAL_MILLISECONDS = 20_000;
const LOOK_MILLISECONDS = 200;

/** Runs the scenario. Without `--once`, then waits until the demo is stopped or one of its programs exits. */
async function show(options: DemoOptions, stage: Stage): Promise<void> {
  progress('Starting the inbox and the sample app.');
  await stage.start(options);
  progress(
    `The inbox is at ${stage.inboxUrl}, the sample app at ${stage.shopUrl} (${stage.platform}). Sending requests:`,
  );
  const judgement = await playAndJudge(options, stage);
  process.stdout.write(`\n${accountOf(judgement, stage.inboxUrl, paintFor(process.stdout))}\n`);
  process.exitCode = isAsExpected(judgement) ? 0 : 1;
  if (options.once) return;
  progress(`${stage.shopUrl} is the page of the shop: its own errors arrive through /monitoring.`);
  progress(`Open ${stage.inboxUrl} to explore. Press Ctrl-C to stop.`);
  await stage.brokenDown();
}

async function playAndJudge({ once }: DemoOptions, stage: Stage): Promise<Judgement> {
  const shop = new Shop(stage.shopUrl);
  const secrets = await playScenario(shop);
  const look = async (): Promise<Judgement> => judge(shop.exchanges, await readItems(stage.inboxUrl), secrets);

  progress('Waiting for the expected items in the inbox.');
  const deadline = Date.now() + ARRIVAL_MILLISECONDS;
  let judgement = await look();
  while (judgement.missing.length > 0 && Date.now() < deadline) {
    await wait(LOOK_MILLISECONDS);
    judgement = await look();
  }
  if (!once) return judgement;
  await stage.closeShop(); // so that all of its events are in the inbox
  return look();
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const stage = new Stage();
  const stopped = new Promise<'stopped'>((resolve) => {
    const stop = (): void => {
      resolve('stopped');
    };
    process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  });
  process.exitCode = 1; // unless the result is as expected
  try {
    if ((await Promise.race([show(options, stage), stopped])) === 'stopped') progress('Stopping.');
  } finally {
    await stage.close();
  }
}

main().then(
  () => process.exit(), // an interrupted scenario would otherwise wait for pending responses
  (error: unknown) => {
    progress(error instanceof Error ? error.message : String(error));
    process.exit(error instanceof WrongUse ? 2 : 1);
  },
);
