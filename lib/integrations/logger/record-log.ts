import { noteBreadcrumb } from '../../breadcrumbs/journal.js';
import { logCall } from '../../breadcrumbs/log-call.js';
import { isActive } from '../../client/state.js';
import { applicationOf } from '../../context/applications.js';
import { currentExecution } from '../../context/execution.js';
import type { LogSettings } from '../../context/log-settings.js';
import type { LogMethod } from '../../options/logger-options.js';
import { cutText } from '../../scrubbing/index.js';
import { guarded } from '../../stats/stats.js';
import { captureLogged } from './capture-logged.js';
import type { LogRecord } from './log-record.js';
import { isNestFailure } from './nest-failures.js';
import { sendLog, watchSentLogs } from './send-log.js';

type Print = (this: object, ...args: unknown[]) => unknown;

/** The lines of this library do not explain an error of the application. */
const OWN_CONTEXT = 'SentryModule';
/** Characters. */
const MAX_STACK = 4_000;

/**
 * A method of a logger that prints as the original does, and records what it is given.
 *
 * @param read - the record of a call; undefined if nothing is printed
 */
export function recordingLog(
  method: LogMethod,
  print: Print,
  read: (logger: object, args: readonly unknown[]) => LogRecord | undefined,
): Print {
  return function (...args) {
    if (logCall.isRunning || !isActive()) return print.apply(this, args);
    logCall.isRunning = true;
    logCall.wasSent = false;
    try {
      const recorded = guarded('logger', () => {
        const settings = applicationOf(currentExecution()).logger;
        if (!settings || settings.levels[method] === false) return undefined;
        const record = read(this, args);
        if (!record || record.context === OWN_CONTEXT) return undefined;
        const isFailure = isNestFailure(record);
        if (!isFailure) noteLog(record, settings);
        if (settings.logs) watchSentLogs();
        return { record, settings, captures: settings.captureErrors && !isFailure };
      });
      const result = print.apply(this, args);
      if (recorded?.settings.logs)
        guarded('logger', () => {
          sendLog(recorded.record, recorded.settings);
        });
      if (recorded?.captures)
        guarded('logger', () => {
          captureLogged(recorded.record, recorded.settings);
        });
      return result;
    } finally {
      logCall.isRunning = false;
    }
  };
}

/** Runs code that prints lines which are recorded already. */
export function withoutRecording<T>(print: () => T): T {
  const { isRunning } = logCall;
  logCall.isRunning = true;
  try {
    return print();
  } finally {
    logCall.isRunning = isRunning;
  }
}

function noteLog({ method, context, message, data, stack }: LogRecord, { levels }: LogSettings): void {
  const level = levels[method] || undefined;
  const shown = stack === undefined ? data : { ...data, stack: cutText(stack, MAX_STACK) };
  noteBreadcrumb({ category: context, message, level, data: shown });
}
