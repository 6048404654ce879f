import { ConsoleLogger, Logger } from '@nestjs/common';
import { patchPrototype } from '../../hooks/patch-method.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { LOG_METHODS, type LogMethod } from '../../options/logger-options.js';
import { guarded } from '../../stats/stats.js';
import { logRecord } from './log-record.js';
import { prints } from './printed-levels.js';
import { recordingLog, withoutRecording } from './record-log.js';

type Print = (this: object, ...args: unknown[]) => unknown;
type Printer = Record<LogMethod, Print>;

/** The static part of Nest's `Logger`, which passes on what its instances log. */
interface LoggerClass extends Printer {
  staticInstanceRef?: object;
  isBufferAttached?: boolean;
  overrideLogger(logger: unknown): unknown;
  flush(): unknown;
}

const nestLogger = Logger as unknown as LoggerClass;

/**
 * Records what is logged with Nest's `Logger`, whichever logger prints it, with a `ConsoleLogger` or a subclass of it, and
 * with the logger that the application has set. A logger that uses another one records its line once. It is recorded
 * when it is logged: buffered lines are printed later, and outside of their execution.
 */
export function hookLogger(): void {
  for (const method of LOG_METHODS) {
    patch(Logger.prototype, method, (logger, args) =>
      isPrintedByNest(method) ? logRecord(method, args, contextOf(logger), true) : undefined,
    );
    patch(nestLogger, method, (_, args) =>
      isPrintedByNest(method) ? logRecord(method, args, undefined, false) : undefined,
    );
    patchLogger(ConsoleLogger.prototype, method);
  }
  patchPrototype(
    'logger',
    nestLogger,
    'flush',
    (flush) =>
      function () {
        return withoutRecording(() => flush.call(this)); // the lines were recorded when they were logged
      },
  );
  patchPrototype(
    'logger',
    nestLogger,
    'overrideLogger',
    (override) =>
      function (logger) {
        guarded('logger', () => {
          hookCustomLogger(logger);
        });
        return override.call(this, logger);
      },
  );
}

/** The application may also inject its logger, and call it directly. */
function hookCustomLogger(logger: unknown): void {
  if (typeof logger !== 'object' || logger === null) return;
  const prototype = Object.getPrototypeOf(logger) as object;
  for (const method of LOG_METHODS) {
    const owner = definedBy<Printer>(prototype, method);
    if (owner && owner !== (Logger.prototype as unknown)) patchLogger(owner, method);
  }
}

function patchLogger(prototype: Printer, method: LogMethod): void {
  patch(prototype, method, (logger, args) =>
    prints(logger, method) ? logRecord(method, args, contextOf(logger), false) : undefined,
  );
}

function patch(printer: Printer, method: LogMethod, read: Parameters<typeof recordingLog>[2]): void {
  patchPrototype('logger', printer, method, (print) => recordingLog(method, print as Print, read));
}

function contextOf(logger: object): unknown {
  return (logger as { context?: unknown }).context;
}

/** What prints the lines of `Logger`; lines that are buffered may be printed by another logger. */
function isPrintedByNest(method: LogMethod): boolean {
  const { staticInstanceRef, isBufferAttached } = nestLogger;
  if (isBufferAttached) return true;
  return staticInstanceRef !== undefined && prints(staticInstanceRef, method);
}
