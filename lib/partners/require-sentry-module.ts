import type { Type } from '@nestjs/common';
import { trackedApplication } from '../capture/application-registry.js';
import { ConfigurationError } from '../options/configuration-error.js';

/**
 * Called by the module of an entry when the application starts.
 *
 * @param path - the name of the entry
 * @param modules - Nest's `ModulesContainer`
 * @throws ConfigurationError - if the application has not imported `SentryModule`
 */
export function requireSentryModule(path: string, { name }: Type, modules: object): void {
  if (trackedApplication(modules)) return;
  throw new ConfigurationError({
    path,
    received: `${name} without SentryModule`,
    expected: `SentryModule beside ${name}, which only holds options`,
    fix: 'add SentryModule.forRoot() to the imports of the root module',
  });
}
