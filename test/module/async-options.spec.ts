import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTracker, SentryModule, type SentryModuleOptions, type SentryOptionsFactory } from '../../lib/index';
import { Receiver } from '../harness/receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
});
afterAll(() => receiver.close());

let made = 0;
@Injectable()
class Options implements SentryOptionsFactory {
  createSentryOptions(): SentryModuleOptions {
    made++;
    return { init: { dsn: receiver.dsn, environment: 'test' }, capture: { ignore: [`ignored by ${made}`] } };
  }
}
@Module({ providers: [Options], exports: [Options] })
class OptionsModule {}

const start = (imports: any[]) => {
  @Module({ imports })
  class AppModule {}
  return NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
};

test.each([
  ['useClass', () => [SentryModule.forRootAsync({ useClass: Options })]],
  ['useExisting', () => [SentryModule.forRootAsync({ imports: [OptionsModule], useExisting: Options })]],
  [
    'useFactory with inject',
    () => [
      SentryModule.forRootAsync({
        imports: [OptionsModule],
        inject: [Options],
        useFactory: async (options: Options) => options.createSentryOptions(),
      }),
    ],
  ],
  [
    'useFactory, imported twice',
    () => {
      const options = { useFactory: () => new Options().createSentryOptions() };
      return [SentryModule.forRootAsync(options), SentryModule.forRoot()];
    },
  ],
])('%s makes the options once and starts Sentry', async (_form, imports) => {
  receiver.clear();
  const before = made;
  const app = await start(imports());
  expect(made).toBe(before + 1);
  const tracker = app.get(ErrorTracker);
  expect(tracker.captureException(new Error(`ignored by ${made}`))).toBeUndefined();
  expect(tracker.captureException(new Error(`reported beside ${made}`))).toMatch(/^[0-9a-f]{32}$/);
  await app.close();
  expect(receiver.events.map(({ exception }) => exception.values[0].value)).toEqual([`reported beside ${made}`]);
});

test('forRootAsync without a factory is refused at once', () => {
  expect(() => SentryModule.forRootAsync({})).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', path: 'forRootAsync' }),
  );
});

test.each([
  [{ captur: {} }, /captur: .*did you mean 'capture'/],
  ['yes', /expected an object/],
  [{ init: { tracesSampleRate: 7 } }, /init\.tracesSampleRate: received 7/],
])('options of a factory that cannot be used stop the start: %j', async (options, message) => {
  await expect(start([SentryModule.forRootAsync({ useFactory: () => options as never })])).rejects.toThrow(message);
});
