import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DeliveryApp, startApp, temporaryFolder } from '../delivery/delivery-app';
import { AppProcess } from '../harness/app-process';
import { FaultyReceiver, type Fault } from '../harness/faulty-receiver';
import { isFull } from '../harness/scale';
import { say } from './say';

const ERRORS = 100;
interface Setting {
  title: string;
  fault?: Fault;
  /** Happens after the errors and before Sentry recovers. */
  then?: (app: DeliveryApp, receiver: FaultyReceiver) => Promise<unknown>;
}

const allSettings: Setting[] = [
  { title: 'Sentry works', fault: 'works' },
  { title: 'connection refused' },
  { title: 'connection reset', fault: 'resets' },
  { title: 'no response', fault: 'hangs' },
  { title: '500', fault: 'answers 500' },
  { title: '429 with `Retry-After`', fault: 'answers 429' },
  { title: 'redirect', fault: 'redirects' },
  { title: 'a response that is not HTTP', fault: 'answers garbage' },
  { title: 'no response, then `SIGTERM`', fault: 'hangs', then: (app) => app.process.stop('SIGTERM') },
  { title: 'no response, then `kill -9`', fault: 'hangs', then: (app) => app.process.stop('SIGKILL') },
  {
    title: 'refused, then an uncaught exception',
    then: (app) => fetch(`${app.url}/crash/crashed`).then(() => pause(4_000)),
  },
];

const settings = isFull ? allSettings : allSettings.filter(({ title }) => /kill -9/.test(title));
/** How long to wait for events after Sentry has recovered. */
const PATIENCE = isFull ? 20_000 : 4_000;

/** The number of errors that never arrive, even after the application has been restarted. */
async function lost({ fault, then }: Setting, isPlain: boolean): Promise<number> {
  const receiver = await FaultyReceiver.start();
  const directory = temporaryFolder();
  const start = () => (isPlain ? startPlain(receiver) : startApp('11', receiver, directory, { tracesSampleRate: 0 }));
  const apps = [await start()];
  if (fault) receiver.fault = fault;
  else await receiver.down();
  for (let at = 0; at < ERRORS; at++) await apps[0]!.fail(`failure ${at}`);
  await pause(1_500);
  await then?.(apps[0]!, receiver);
  if (!fault) await receiver.up();
  receiver.fault = 'works';
  apps.push(await start());
  for (let waited = 0; waited < PATIENCE && receiver.values.filter(isFailure).length < ERRORS; waited += 250)
    await pause(250);
  const arrived = receiver.values.filter(isFailure).length;
  for (const app of apps) await app.process.stop('SIGKILL');
  await receiver.close();
  return ERRORS - arrived;
}

const isFailure = (value: string) => value.startsWith('failure');

async function startPlain(receiver: FaultyReceiver): Promise<DeliveryApp> {
  const instrument = join(__dirname, '..', 'compare', 'plain-instrument.cjs');
  const env = { PLAIN: '1', SENTRY_DSN: receiver.dsn };
  return new DeliveryApp(
    await AppProcess.start({ lane: '11', app: 'delivery', env, nodeOptions: ['--require', instrument] }),
  );
}

test('of a hundred errors, how many never arrive', async () => {
  say(`\n| fault | plain \`@sentry/nestjs\` loses | this loses |\n| --- | --- | --- |`);
  const losses: number[] = [];
  // What plain Sentry loses is only measured at full scale.
  const measure = (setting: Setting) => Promise.all([isFull ? lost(setting, true) : NaN, lost(setting, false)]);
  // At full scale one after the other, so that load does not influence the figures.
  const together = isFull ? undefined : await Promise.all(settings.map(measure));
  for (const [index, setting] of settings.entries()) {
    const [plain, ours] = together?.[index] ?? (await measure(setting));
    say(`| ${setting.title} | ${plain} of ${ERRORS} | ${ours} of ${ERRORS} |`);
    losses.push(ours);
  }
  expect(losses).toEqual(settings.map(() => 0));
}, 900_000);
