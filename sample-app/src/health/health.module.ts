import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { SentryHealthModule } from 'nestjs-error-tracker/health';
import { HealthController } from './health.controller.js';

@Module({ imports: [TerminusModule, SentryHealthModule.forRoot()], controllers: [HealthController] })
export class HealthModule {}
