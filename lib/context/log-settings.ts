import type { SeverityLevel } from '@sentry/nestjs';
import type { LoggerOptions, LogMethod } from '../options/logger-options.js';

/** Compiled `logger` options of one application. */
export interface LogSettings {
  readonly levels: Readonly<Record<LogMethod, SeverityLevel | false>>;
  /** Methods whose level the application has set. */
  readonly given: ReadonlySet<string>;
  readonly logs: boolean;
  readonly captureErrors: boolean;
}

type LevelOption = SeverityLevel | false | undefined;

const LEVELS: LogSettings['levels'] = {
  log: 'info',
  warn: 'warning',
  error: 'error',
  fatal: 'fatal',
  debug: 'debug',
  verbose: 'debug',
};

/** @returns undefined if the logger is left alone */
export function logSettings(options: LoggerOptions | false = {}): LogSettings | undefined {
  if (options === false) return undefined;
  const levels: Partial<Record<string, LevelOption>> = options.levels ?? {};
  const given = Object.entries(levels).filter(([, level]) => level !== undefined);
  return {
    levels: { ...LEVELS, ...(Object.fromEntries(given) as Partial<LogSettings['levels']>) },
    given: new Set(given.map(([method]) => method)),
    logs: options.logs ?? false,
    captureErrors: options.captureErrors ?? false,
  };
}
