import { clientState, isActive } from '../client/state.js';
import { hasUnreadDsn } from '../client/unread-dsn.js';
import { INBOX_DSN } from '../options/dsn.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { logOnce } from './log-once.js';

const printed = processWide('start-line', () => ({ isDone: false }));

/** Logs once where events go and at which rates, and warns about a `.env` file that was not read. */
export function logDestination(): void {
  const { options } = clientState;
  if (!options || printed.isDone) return;
  printed.isDone = true;
  const { environment, sampleRate, tracesSampleRate, sdk } = options;
  const traces = sdk?.tracesSampler ? 'traces by tracesSampler' : `traces ${percent(tracesSampleRate)}`;
  logOnce('log', `Events go ${target(options)}; environment ${environment}; errors ${percent(sampleRate)}, ${traces}.`);
  if (options.enabled && (!options.dsn || options.dsn === INBOX_DSN) && guarded('env-file', hasUnreadDsn)) {
    logOnce(
      'warn',
      `The file .env has a SENTRY_DSN, which was not set when Sentry was started. Run node --env-file=.env, or import ` +
        `'dotenv/config' before initSentry().`,
    );
  }
}

function target({ enabled, dsn }: { enabled: boolean; dsn?: string }): string {
  if (!enabled) return 'nowhere, because Sentry is not enabled';
  if (!dsn || !isActive()) return 'nowhere, because there is no SENTRY_DSN';
  const { host } = new URL(dsn);
  return dsn === INBOX_DSN ? `to the inbox at http://${host}` : `to ${host}`;
}

function percent(rate: number): string {
  return `${Number((rate * 100).toFixed(2))} %`;
}
