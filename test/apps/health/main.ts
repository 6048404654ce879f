import './instrument.js';
import 'reflect-metadata';
import { Controller, Get, Inject, Module, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { ErrorTracker, Report, SentryModule } from 'nestjs-error-tracker';
import { SentryHealthIndicator, SentryHealthModule } from 'nestjs-error-tracker/health';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';

@Controller()
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(SentryHealthIndicator) private readonly sentry: SentryHealthIndicator,
  ) {}
  @Get('health')
  @HealthCheck()
  check() {
    return this.health.check([async () => ({ database: { status: 'down' } })]);
  }
  @Get('watched')
  @HealthCheck()
  @Report({ status: { 503: 1 } })
  watched() {
    return this.check();
  }
  @Get('unavailable')
  unavailable() {
    throw new ServiceUnavailableException('no table free');
  }
  @Get('health/tracking')
  @HealthCheck()
  tracking() {
    return this.health.check([() => this.sentry.isHealthy('sentry')]);
  }
  @Get('health/critical')
  @HealthCheck()
  critical() {
    return this.health.check([() => this.sentry.isHealthy('tracking', { critical: true })]);
  }
}

const { HEALTH } = process.env;

@Module({
  imports: [
    HEALTH === 'async'
      ? SentryModule.forRootAsync({ useFactory: () => ({ health: { path: '/health/sentry', critical: true } }) })
      : SentryModule.forRoot({ health: { path: '/health/sentry' } }),
    TerminusModule.forRoot({ logger: false }),
    SentryHealthModule.forRoot(),
  ],
  controllers: [HealthController],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  app.use((request: any, _response: unknown, next: () => void) => {
    request.user = { id: 'put there by a middleware' };
    next();
  });
  // For everything else: nobody gets in.
  if (HEALTH === 'async') {
    app.setGlobalPrefix('api');
    app.useGlobalGuards({ canActivate: () => false });
    app.useGlobalInterceptors({ intercept: () => 'changed' as never });
  }
  const capture = async () => void app.get(ErrorTracker).captureMessage('hello');
  answerTests(app, await listen(app), capture, '1s');
}
void main();
