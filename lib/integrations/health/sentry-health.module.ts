import { type DynamicModule, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import * as schema from '../../options/schema.js';
import { requireSentryModule } from '../../partners/require-sentry-module.js';
import { CRITICAL, SentryHealthIndicator } from './sentry-health.indicator.js';

/**
 * Options of `SentryHealthModule.forRoot()`.
 *
 * @example
 * ```ts
 * import { SentryHealthModule } from 'nestjs-error-tracker/health';
 *
 * SentryHealthModule.forRoot({ critical: true });
 * ```
 */
export interface SentryHealthOptions {
  /** Whether the status of the indicator is `down` while delivery is degraded. Default: false. */
  critical?: boolean | undefined;
}

const shape = schema.shape({ critical: schema.boolean });

/**
 * Provides {@link SentryHealthIndicator}. Import it in the module that has the controller of your health checks, beside
 * `TerminusModule`:
 *
 * ```ts
 * import { TerminusModule } from '@nestjs/terminus';
 * import { SentryHealthModule } from 'nestjs-error-tracker/health';
 *
 * @Module({ imports: [TerminusModule, SentryHealthModule.forRoot()], controllers: [HealthController] })
 * export class HealthModule {}
 * ```
 */
@Module({})
export class SentryHealthModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value; at bootstrap, without `SentryModule` */
  static forRoot(options: SentryHealthOptions = {}): DynamicModule {
    shape(options, 'health');
    const wiring = {
      provide: Symbol('SentryHealthModule wiring'),
      inject: [ModulesContainer],
      useFactory: (modules: ModulesContainer) => ({
        onModuleInit: () => {
          requireSentryModule('health', SentryHealthModule, modules);
        },
      }),
    };
    return {
      module: SentryHealthModule,
      providers: [{ provide: CRITICAL, useValue: options.critical ?? false }, SentryHealthIndicator, wiring],
      exports: [SentryHealthIndicator],
    };
  }
}
