import type { ModulesContainer } from '@nestjs/core';
import { logOnce } from './log-once.js';

/** A module of Nest, which reaches what the application has set after it was created. */
interface ContainedModule {
  container?: { applicationConfig?: { getGlobalFilters?(): unknown[] } };
}

/** Warns if the application has providers or global filters of `@sentry/nestjs/setup`, which the SDK marks. */
export function noteSdkComponents(modules: ModulesContainer): void {
  const names = new Set<string>();
  const note = (instance: unknown) => {
    if (typeof instance !== 'object' || instance === null || !('__SENTRY_INTERNAL__' in instance)) return;
    names.add(instance.constructor.name);
  };
  for (const { providers } of modules.values()) for (const { instance } of providers.values()) note(instance);
  const [first] = modules.values() as Iterable<ContainedModule>;
  first?.container?.applicationConfig?.getGlobalFilters?.().forEach(note);
  if (names.size === 0) return;
  logOnce(
    'warn',
    `Remove SentryModule and SentryGlobalFilter of '@sentry/nestjs/setup' (found: ${[...names].join(', ')}): ` +
      `SentryModule of 'nestjs-error-tracker' reports every error by itself.`,
  );
}
