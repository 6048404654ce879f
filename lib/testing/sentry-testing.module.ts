import { type DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { applicationOf } from '../module/application.js';
import type { SentryModuleOptions } from '../options/module-options.js';
import { SentryModule } from '../sentry.module.js';
import { ArrivedEvents, CapturedEvents } from './captured-events.js';
import { startForTests } from './test-client.js';

/**
 * Takes the place of `SentryModule` in an application that a test builds itself, and captures what it reports, in place of
 * sending it. `CapturedEvents` are the events of this application alone:
 *
 * ```ts
 * import { Test } from '@nestjs/testing';
 * import { CapturedEvents, SentryTestingModule } from 'nestjs-error-tracker/testing';
 *
 * const testing = await Test.createTestingModule({
 *   imports: [SentryTestingModule.forTest({ capture: { ignore: [OutOfStockError] } }), OrdersModule],
 * }).compile();
 * const events = testing.get(CapturedEvents);
 * ```
 *
 * An application that imports `SentryModule.forRoot()` itself needs only {@link captureEvents}.
 */
@Module({})
export class SentryTestingModule {
  /**
   * @param options - of `SentryModule.forRoot()`; alerts run only with `alerts: { enabled: true, … }`, without the channels
   *   that environment variables name
   * @throws ConfigurationError - if an option is unknown or has a wrong value
   */
  static forTest(options: SentryModuleOptions = {}): DynamicModule {
    const { init, ...rest } = options;
    startForTests(init, 'init');
    const { providers = [], exports = [], ...sentry } = SentryModule.forRoot(rest);
    const events = {
      provide: CapturedEvents,
      inject: [HttpAdapterHost],
      useFactory: (host: HttpAdapterHost) => new ArrivedEvents(() => applicationOf(host).context),
    };
    return { ...sentry, providers: [...providers, events], exports: [...exports, CapturedEvents] };
  }
}
