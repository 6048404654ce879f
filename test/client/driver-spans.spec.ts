import { canRunOver } from '../harness/brokers';
import { ending, spawnApp } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { mainly } from '../harness/scale';

const suite = canRunOver('redis') ? test : test.skip;

suite.each(mainly('12'))('lane %s: what a driver does outside of executions is no transaction', async (lane) => {
  const receiver = await Receiver.start();
  const env = { SENTRY_DSN: receiver.dsn, SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'test' };
  const nodeOptions = ['--import', 'nestjs-error-tracker/register'];
  const { code } = await ending(spawnApp({ lane, app: 'driver', env, nodeOptions }));
  await receiver.close();
  expect(code).toBe(0);
  expect(receiver.transactions).toEqual(['of the application', 'by hand']);
  // Within a span of the application it is a part of that, so the driver was instrumented.
  expect(receiver.spans.some(({ name }) => /\bset\b/i.test(name))).toBe(true);
});
