import type { AlertRule } from '../../options/alert-options.js';
import { arrayOf, count, shape, text } from '../../options/schema.js';
import { share } from './checks.js';
import { consecutiveFailures } from './consecutive-failures.js';
import { errorCount } from './error-count.js';
import { errorRate } from './error-rate.js';
import { newError } from './new-error.js';

/** Options of {@link standardRules}. */
export interface StandardRuleOptions {
  /** Share of failed requests above which `high-error-rate` fires. Default: 0.05. */
  errorRate?: number | undefined;
  /** Errors a minute above which `error-burst` fires. Default: 10. */
  errorCount?: number | undefined;
  /** Domains whose errors are critical. Default: `payment` and `auth`. */
  critical?: string[] | undefined;
  /** Names of channels. Default: all. */
  notify?: string[] | undefined;
}

const optionsShape = shape({
  errorRate: share,
  errorCount: count,
  critical: arrayOf(text, "domains such as 'payment'"),
  notify: arrayOf(text, 'names of channels'),
});

const CRITICAL = ['payment', 'auth'];

/** How drivers and ORMs say that they cannot reach their database, or get no connection to it. */
const CONNECTION_ERRORS = [
  /\b(?:ECONN(?:REFUSED|RESET)|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)\b.{0,100}:(?:543[23]|6432|6543|330[67]|33060|27017|1433|1521|26257)\b/,
  /Connection terminated|terminating connection|Client has encountered a connection error|timeout exceeded when trying to connect/,
  /too many (?:clients already|connections)|remaining connection slots are reserved/i,
  /PROTOCOL_CONNECTION_LOST|ER_CON_COUNT_ERROR|Connection lost: The server closed|(?:Lost connection to|Can't connect to) (?:MySQL|server)|Pool is closed/,
  /Can't reach database server|Timed out fetching a new connection from the connection pool/,
  /Timeout acquiring a connection|Operation timeout|\bNJS-(?:040|5\d\d)\b|\bORA-(?:03113|03114|12\d{3})\b|Failed to connect to [^\s:]{1,255}:\d{2,5}/,
  /Mongo(?:ServerSelection|Network)|Server selection timed out|the database system is (?:starting up|shutting down)/i,
];

/**
 * The usual rules: `high-error-rate`, `error-burst`, `critical-errors`, `api-down`, `new-error`, `database-connection` and
 * `payment-failures`.
 *
 * @throws ConfigurationError - if an option is unknown or out of its range
 * @example
 * ```ts
 * import { standardRules } from 'nestjs-error-tracker/alerts';
 *
 * standardRules({ errorRate: 0.02, notify: ['team'] });
 * ```
 */
export function standardRules(options: StandardRuleOptions = {}): AlertRule[] {
  optionsShape(options, 'standardRules');
  const { errorRate: rate = 0.05, errorCount: errors = 10, critical = CRITICAL, notify } = options;
  return [
    errorRate({ name: 'high-error-rate', above: rate, within: '5m', notify }),
    errorCount({ name: 'error-burst', above: errors, within: '1m', notify }),
    ...(critical.length === 0
      ? []
      : [
          errorCount({
            name: 'critical-errors',
            above: 0,
            within: '5m',
            where: { domain: critical },
            severity: 'critical',
            notify,
          }),
        ]),
    consecutiveFailures({ name: 'api-down', count: 10, status: '5xx', severity: 'critical', notify }),
    newError({ name: 'new-error', severity: 'warning', notify }),
    errorCount({
      name: 'database-connection',
      above: 0,
      within: '5m',
      where: { message: CONNECTION_ERRORS },
      severity: 'critical',
      notify,
    }),
    errorCount({
      name: 'payment-failures',
      above: 3,
      within: '5m',
      where: { domain: 'payment' },
      severity: 'critical',
      notify,
    }),
  ];
}
