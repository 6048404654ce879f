import { Inject, Injectable, Optional } from '@nestjs/common';
import { isUp, sentryHealth, type SentryHealth } from '../../tracker/health.js';

/** Injection token of the default of `critical`. */
export const CRITICAL = Symbol.for('nestjs-error-tracker.health-critical');

/**
 * A `HealthIndicatorResult` of Terminus.
 *
 * @example
 * ```ts
 * import { type SentryHealthIndicator, type SentryHealthResult } from 'nestjs-error-tracker/health';
 *
 * export async function isDelivering(indicator: SentryHealthIndicator): Promise<boolean> {
 *   const { sentry }: SentryHealthResult<'sentry'> = await indicator.isHealthy('sentry');
 *   return sentry.state === 'ok';
 * }
 * ```
 */
export type SentryHealthResult<Key extends string = string> = Record<Key, { status: 'up' | 'down' } & SentryHealth>;

/**
 * A health indicator for Terminus:
 *
 * ```ts
 * import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
 * import { SentryHealthIndicator } from 'nestjs-error-tracker/health';
 *
 * @Controller('health')
 * export class HealthController {
 *   constructor(
 *     private readonly health: HealthCheckService,
 *     private readonly sentry: SentryHealthIndicator,
 *   ) {}
 *
 *   @Get()
 *   @HealthCheck()
 *   check() {
 *     return this.health.check([() => this.sentry.isHealthy('sentry')]);
 *   }
 * }
 * ```
 */
@Injectable()
export class SentryHealthIndicator {
  @Optional()
  @Inject(CRITICAL)
  private readonly critical?: boolean;

  /**
   * Tells whether events are delivered. An application can serve its users without, so the status is `up`, unless the
   * check is critical.
   *
   * @param key - name of the result
   * @param options - `critical`: whether the status is `down` while delivery is degraded. Default: that of
   *   `SentryHealthModule.forRoot()`, or else false
   */
  isHealthy<const Key extends string>(
    key: Key,
    { critical = this.critical }: { critical?: boolean | undefined } = {},
  ): Promise<SentryHealthResult<Key>> {
    const health = sentryHealth();
    const result = { status: isUp(health, critical) ? ('up' as const) : ('down' as const), ...health };
    return Promise.resolve({ [key]: result } as SentryHealthResult<Key>);
  }
}
