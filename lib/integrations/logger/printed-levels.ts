import type { LogMethod } from '../../options/logger-options.js';

/** The names that pino and winston have for the levels of Nest. */
const LEVELS: Readonly<Record<LogMethod, readonly string[]>> = {
  log: ['info'],
  error: ['error'],
  warn: ['warn'],
  debug: ['debug'],
  verbose: ['verbose', 'trace'],
  fatal: ['fatal'],
};

/** Nest's `ConsoleLogger`, a logger of winston, or one of pino. */
interface LeveledLogger {
  isLevelEnabled?(level: string): unknown;
  /** Of winston by name; of pino in `values`. */
  levels?: Record<string, unknown> & { values?: Record<string, unknown> };
  /** What the loggers of nest-winston and nestjs-pino print with. */
  logger?: LeveledLogger;
}

/** Whether a logger prints the lines of a method, as far as it tells. */
export function prints(logger: object, method: LogMethod): boolean {
  const leveledLogger = logger as LeveledLogger;
  if (typeof leveledLogger.isLevelEnabled === 'function') return leveledLogger.isLevelEnabled(method) !== false;
  const inner = leveledLogger.logger;
  const leveled = [inner, inner?.logger].find((each) => typeof each?.isLevelEnabled === 'function');
  const known = leveled?.levels?.values ?? leveled?.levels;
  const level = LEVELS[method].find((name) => known && name in known);
  return level === undefined || leveled?.isLevelEnabled?.(level) !== false;
}
