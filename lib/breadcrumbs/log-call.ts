import { processWide } from '../process-state/process-wide.js';

/** The call of a logger that is running, if any: loggers print synchronously. */
interface LogCall {
  isRunning: boolean;
  /** Whether an integration of the SDK has sent the line as a Sentry log. */
  wasSent: boolean;
}

export const logCall = processWide<LogCall>('log-call', () => ({ isRunning: false, wasSent: false }));

/** Whether the SDK made a breadcrumb of what the running logger prints, which has its own. */
export function isPrintedLog(hint: { input?: unknown } | undefined): boolean {
  return logCall.isRunning && hint?.input !== undefined;
}
