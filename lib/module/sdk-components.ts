import type { ModulesContainer } from '@nestjs/core';
import { logOnce } from './log-once.js';

/** Warns if the application has providers of `@sentry/nestjs/setup`, which the SDK marks. */
export function noteSdkComponents(modules: ModulesContainer): void {
  const names = new Set<string>();
  for (const { providers } of modules.values()) {
    for (const { instance } of providers.values()) {
      if (typeof instance !== 'object' || instance === null || !('__SENTRY_INTERNAL__' in instance)) continue;
      names.add(instance.constructor.name);
    }
  }
  if (names.size === 0) return;
  logOnce(
    'warn',
    `Remove SentryModule and SentryGlobalFilter of '@sentry/nestjs/setup' (found: ${[...names].join(', ')}): ` +
      `SentryModule of 'nestjs-error-tracker' reports every error by itself.`,
  );
}
