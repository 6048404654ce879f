import type { AlertOptions } from '../options/alert-options.js';
import { resolveAlerts } from './resolve-alerts.js';

/**
 * Checks the options of alerts: for a file of its own with these as the default export, which `SentryModule.forRoot()`
 * and `npx nestjs-error-tracker alerts` both read.
 *
 * ```ts
 * import { defineAlerts, slack, standardRules } from 'nestjs-error-tracker/alerts';
 *
 * export default defineAlerts({
 *   channels: { ops: slack({ webhookUrl: process.env.TEAM_WEBHOOK! }) },
 *   rules: standardRules(),
 * });
 * ```
 *
 * @returns the same options
 * @throws ConfigurationError - if an option has a wrong value, or a rule names a channel that is not there
 */
export function defineAlerts(options: AlertOptions): AlertOptions {
  resolveAlerts(options, process.env);
  return options;
}
