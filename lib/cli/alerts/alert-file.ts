import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveAlerts, type ResolvedAlerts } from '../../alerts/resolve-alerts.js';
import { ConfigurationError } from '../../options/configuration-error.js';
import type { AlertOptions } from '../../options/alert-options.js';

/**
 * The alerts of a file, whose default export is what `defineAlerts()` has returned; without one, those of the
 * environment.
 *
 * @throws ConfigurationError - if the file cannot be loaded, or there are no alerts
 */
export async function loadAlerts(file: string | undefined): Promise<ResolvedAlerts> {
  const options = file === undefined ? undefined : await optionsOf(file);
  const alerts = resolveAlerts(options, process.env);
  if (alerts) return alerts;
  throw new ConfigurationError({
    path: file === undefined ? 'the environment' : '--file',
    received: file ?? 'no address of a channel',
    expected: 'rules or channels',
    fix: 'use --file dist/alerts.js, or set for example SENTRY_SLACK_WEBHOOK_URL',
  });
}

async function optionsOf(file: string): Promise<AlertOptions> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigurationError') throw error;
    throw new ConfigurationError({
      path: '--file',
      received: file,
      expected: 'a JavaScript file that can be loaded',
      fix: `check the path and the build: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
  // A CommonJS module that was compiled from TypeScript has its default export inside.
  const { default: exported } = loaded;
  const inner = (exported as { default?: unknown } | undefined)?.default;
  const options = inner ?? exported;
  if (typeof options === 'object' && options !== null) return options;
  throw new ConfigurationError({
    path: '--file',
    received: file,
    expected: 'a file whose default export is what defineAlerts() returns',
    fix: 'write export default defineAlerts({ … })',
  });
}
