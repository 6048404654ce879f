import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ErrorTracker } from 'nestjs-error-tracker';
import { createRequire } from 'node:module';

/** With PLAIN=1: what the documentation of `@sentry/nestjs` says to import and to provide; for the comparison. */
export const plain: { imports: any[]; providers: any[] } = { imports: [], providers: [] };

if (process.env.PLAIN === '1') {
  const { SentryGlobalFilter, SentryModule } = createRequire(`${process.cwd()}/package.json`)('@sentry/nestjs/setup');
  plain.imports.push(SentryModule.forRoot());
  plain.providers.push({ provide: APP_FILTER, useClass: SentryGlobalFilter });
}

export const isBare = process.env.BARE === '1';

/** Takes the place of `SentryModule` with BARE=1: the same application without error tracking. */
@Global()
@Module({ imports: plain.imports, providers: [ErrorTracker, ...plain.providers], exports: [ErrorTracker] })
export class WithoutSentry {}
