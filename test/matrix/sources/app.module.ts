import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { SentryModule } from 'nestjs-error-tracker';
import { BackgroundController } from './background.controller.js';
import { CatsController } from './cats.controller.js';
import { CatsService } from './cats.service.js';
import { FailingMiddleware } from './enhancers.js';
import { FailuresController } from './failures.controller.js';
import { options } from './options.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsService } from './payments.plugin.cjs';

@Module({
  imports: [SentryModule.forRoot(process.env['START'] === 'module' ? { init: options } : {})],
  controllers: [CatsController, FailuresController, BackgroundController, PaymentsController],
  providers: [CatsService, PaymentsService],
})
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FailingMiddleware).forRoutes('failures/middleware');
  }
}
