import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import { headingOf, oneLine } from './wording.js';

const MAX_LINE = 500;

/**
 * Prints alerts to standard error, each on one line and at once: for development.
 *
 * @example
 * ```ts
 * import { consoleChannel, defineAlerts } from 'nestjs-error-tracker/alerts';
 *
 * export default defineAlerts({ channels: { terminal: consoleChannel() } });
 * ```
 */
export function consoleChannel(): AlertChannel {
  return {
    digest: false,
    send: (notification) => {
      process.stderr.write(`${lineOf(notification)}\n`);
      return Promise.resolve();
    },
  };
}

function lineOf(notification: AlertNotification): string {
  const { severity, rule, message, count, environment, url } = notification;
  const text = [headingOf(notification), message, url].filter(Boolean).join(' | ');
  return oneLine(`[alert] ${severity} ${rule} (${environment}, ${count}): ${text}`, MAX_LINE);
}
