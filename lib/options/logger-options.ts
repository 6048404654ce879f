import type { SeverityLevel } from '@sentry/nestjs';
import * as schema from './schema.js';

/**
 * The methods of Nest's logger.
 *
 * @example
 * ```ts
 * import { type LogMethod } from 'nestjs-error-tracker';
 *
 * const quiet: LogMethod[] = ['debug', 'verbose'];
 * SentryModule.forRoot({ logger: { levels: Object.fromEntries(quiet.map((method) => [method, false])) } });
 * ```
 */
export type LogMethod = 'log' | 'error' | 'warn' | 'debug' | 'verbose' | 'fatal';

/**
 * What becomes of the lines that are logged with Nest's logger. What is printed stays the same.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ logger: { levels: { debug: false }, captureErrors: true } });
 * ```
 */
export interface LoggerOptions {
  /**
   * Levels of the breadcrumbs and Sentry logs, by method of the logger; `false` ignores the lines of a method. Default:
   * `log` is `info`, `warn` is `warning`, `error` is `error`, `fatal` is `fatal`, `debug` and `verbose` are `debug`.
   * Levels that the logger does not print are ignored in any case.
   */
  levels?: Partial<Record<LogMethod, SeverityLevel | false | undefined>> | undefined;
  /** Whether each line is also sent as a Sentry log, linked to the trace. Default: false. */
  logs?: boolean | undefined;
  /**
   * Whether `error()` and `fatal()` report the error that they are given, or its stack, once: an error that is also
   * thrown or captured is one event. `capture.ignore` and `capture.status` apply. Default: false.
   */
  captureErrors?: boolean | undefined;
}

export const LOG_METHODS: readonly LogMethod[] = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'];

const level = schema.oneOf('fatal', 'error', 'warning', 'log', 'info', 'debug', false);

export const loggerShape = schema.falseOr(
  schema.shape({
    levels: schema.shape(Object.fromEntries(LOG_METHODS.map((method) => [method, level]))),
    logs: schema.boolean,
    captureErrors: schema.boolean,
  }),
);
