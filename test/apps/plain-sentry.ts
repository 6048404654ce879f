import { APP_FILTER } from '@nestjs/core';
import { createRequire } from 'node:module';

/** With PLAIN=1: what the documentation of `@sentry/nestjs` says to import and to provide; for the comparison. */
export const plain: { imports: any[]; providers: any[] } = { imports: [], providers: [] };

if (process.env.PLAIN === '1') {
  const { SentryGlobalFilter, SentryModule } = createRequire(`${process.cwd()}/package.json`)('@sentry/nestjs/setup');
  plain.imports.push(SentryModule.forRoot());
  plain.providers.push({ provide: APP_FILTER, useClass: SentryGlobalFilter });
}
