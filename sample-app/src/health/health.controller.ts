import { Controller, Get } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult, HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { SentryHealthIndicator } from 'nestjs-error-tracker/health';

@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly sentry: SentryHealthIndicator,
  ) {}

  /** The shop is healthy even if its events cannot be delivered, because they wait on disk; the response shows both. */
  @Get()
  @HealthCheck()
  check(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database.pingCheck('database'), () => this.sentry.isHealthy('sentry')]);
  }
}
