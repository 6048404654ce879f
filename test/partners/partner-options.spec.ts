import { Injectable, Logger, Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { Job } from 'bullmq';
import {
  SentryBullMqModule,
  TrackJob,
  type BullMqOptions,
  type OptionsFactory,
} from '../../lib/integrations/bullmq/index';
import { bullMq } from '../../lib/integrations/bullmq/bullmq-partner';
import { ConfigurationError, SentryModule } from '../../lib/index';
import { Receiver } from '../harness/receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
});
afterAll(() => receiver.close());

@Injectable()
class Options implements OptionsFactory<BullMqOptions> {
  createSentryOptions(): BullMqOptions {
    return { report: 'every' };
  }
}
@Module({ providers: [Options], exports: [Options] })
class OptionsModule {}

const sentry = (options = {}) => SentryModule.forRoot({ init: { dsn: receiver.dsn, environment: 'test' }, ...options });

async function started<T>(imports: any[], look: (modules: ModulesContainer) => T): Promise<T> {
  @Module({ imports })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  const seen = look(app.get(ModulesContainer));
  await app.close();
  return seen;
}
const settings = (imports: any[]) => started(imports, (modules) => bullMq.trackingIn(modules)?.settings);

test.each([
  ['no entry', () => [sentry()], 'last'],
  ['forRoot', () => [sentry(), SentryBullMqModule.forRoot({ report: 'every' })], 'every'],
  ['forRoot, before SentryModule', () => [SentryBullMqModule.forRoot({ report: 'every' }), sentry()], 'every'],
  [
    'forRoot in a module of its own',
    () => {
      @Module({ imports: [SentryBullMqModule.forRoot({ report: 'first' })] })
      class Feature {}
      return [Feature, sentry()];
    },
    'first',
  ],
  ['useClass', () => [sentry(), SentryBullMqModule.forRootAsync({ useClass: Options })], 'every'],
  [
    'useExisting',
    () => [sentry(), SentryBullMqModule.forRootAsync({ imports: [OptionsModule], useExisting: Options })],
    'every',
  ],
  [
    'useFactory',
    () => [
      sentry(),
      SentryBullMqModule.forRootAsync({
        imports: [OptionsModule],
        inject: [Options],
        useFactory: async (options: Options) => options.createSentryOptions(),
      }),
    ],
    'every',
  ],
  [
    'imported twice',
    () => [
      sentry(),
      SentryBullMqModule.forRoot(),
      SentryBullMqModule.forRoot({ report: 'every' }),
      SentryBullMqModule.forRoot({ report: 'every' }),
    ],
    'every',
  ],
])('%s', async (_name, imports, report) => {
  expect(await settings(imports())).toMatchObject({ report, data: true, trace: 'continue', carrier: 'options' });
});

test('an application that has switched the library off does not track it', async () => {
  expect(await settings([sentry({ integrations: { bullmq: false } }), SentryBullMqModule.forRoot()])).toBeUndefined();
});

test('two applications have their own options', async () => {
  const reportOf = (modules: ModulesContainer) => bullMq.trackingIn(modules)?.settings.report;
  const one = started([sentry(), SentryBullMqModule.forRoot({ report: 'first' })], reportOf);
  const other = started([sentry(), SentryBullMqModule.forRoot({ report: 'every' })], reportOf);
  expect(await Promise.all([one, other])).toEqual(['first', 'every']);
});

test.each([
  ['an unknown option', { reports: 'last' }, 'bullmq.reports: received "last"; expected one of the known options'],
  [
    'a wrong report',
    { report: 'always' },
    "bullmq.report: received \"always\"; expected 'last', 'first', 'every' or a function",
  ],
  ['a wrong queue', { queues: ['orders', ''] }, 'bullmq.queues[1]: received ""; expected a non-empty string'],
  ['a wrong duration', { slowerThan: '5 minutes' }, 'bullmq.slowerThan: received "5 minutes"'],
  ['null', null, 'bullmq: received null; expected an object with any of'],
])('%s', async (_name, options, message) => {
  const forRoot = () => SentryBullMqModule.forRoot(options as BullMqOptions);
  expect(forRoot).toThrow(ConfigurationError);
  expect(forRoot).toThrow(message);
  await expect(
    settings([sentry(), SentryBullMqModule.forRootAsync({ useFactory: () => options as BullMqOptions })]),
  ).rejects.toThrow(message);
});

test('options that differ from those that apply are ignored, and a warning names them', async () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const forRoot = (options: BullMqOptions) => SentryBullMqModule.forRoot(options);
  const { report } = (await settings([
    sentry(),
    forRoot({ report: 'first' }),
    forRoot({ report: 'first' }),
    forRoot({ slowerThan: '5s', report: 'every' }),
  ]))!;
  expect(report).toBe('first');
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    expect.stringContaining("'bullmq' are given twice, and the second ones (slowerThan, report) are ignored"),
  ]);
  warn.mockRestore();
});

test('a job may be annotated with the names and the data that it has', () => {
  const data = (job: Job<{ id: string }, void, 'ship' | 'bill'>) => ({ id: job.data.id });
  expect(() => SentryBullMqModule.forRoot({ data, report: (job: Job<string>) => job.data === '' })).not.toThrow();
});

test('a wrong switch is refused', () => {
  expect(() => SentryModule.forRoot({ integrations: { bull: false } as object })).toThrow(
    "integrations.bull: received false; expected one of the known options (bullmq, schedule, events, redis, httpClient, notifications, typeorm, prisma). Fix: did you mean 'bullmq'",
  );
});

test('without SentryModule the application does not start, and the error says why', async () => {
  const start = settings([SentryBullMqModule.forRoot()]);
  await expect(start).rejects.toThrow(ConfigurationError);
  await expect(start).rejects.toThrow(
    'bullmq: received "SentryBullMqModule without SentryModule"; expected SentryModule beside SentryBullMqModule',
  );
});

test('@TrackJob without parentheses is refused', () => {
  class Worker {
    run() {}
  }
  expect(() => (TrackJob as any)(Worker.prototype, 'run', {})).toThrow('@TrackJob on Worker.run');
});
