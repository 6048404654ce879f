import './instrument.js';
import 'reflect-metadata';
import { Controller, Get, Inject, Module, ServiceUnavailableException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { ErrorTracker, Report, SentryModule } from 'nestjs-error-tracker';

@Controller()
class HealthController {
  constructor(@Inject(HealthCheckService) private readonly health: HealthCheckService) {}
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
}

@Module({
  imports: [SentryModule.forRoot(), TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
})
class AppModule {}

async function main() {
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false })
      : await NestFactory.create(AppModule, { logger: false });
  app.use((request: any, _response: unknown, next: () => void) => {
    request.user = { id: 'put there by a middleware' };
    next();
  });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
