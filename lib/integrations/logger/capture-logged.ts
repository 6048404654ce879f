import { trackedApplication } from '../../capture/application-registry.js';
import { reportedAs } from '../../capture/dedupe.js';
import { statusOf } from '../../capture/error-status.js';
import { pendingFailure } from '../../capture/http-failure.js';
import { wasJudged } from '../../capture/judged-failures.js';
import { report } from '../../capture/report.js';
import { applicationOf } from '../../context/applications.js';
import { currentExecution } from '../../context/execution.js';
import type { LogSettings } from '../../context/log-settings.js';
import { stats } from '../../stats/stats.js';
import type { LogRecord } from './log-record.js';

const HEADER = /^(?:Uncaught )?([A-Za-z_$][\w$.]*)(?: \[[\w-]+\])?(?:: ([\s\S]*?))?(?=\n\s+at |$)/;

/** Reports the error of a line, or the one whose stack it has, unless the failure is reported or judged elsewhere. */
export function captureLogged({ method, context, message, error, stack }: LogRecord, { levels }: LogSettings): void {
  if (method !== 'error' && method !== 'fatal') return;
  const execution = currentExecution();
  const failure =
    error ?? (stack === undefined ? undefined : (reportedAs(execution, stack) ?? errorOf(stack, message)));
  if (typeof failure === 'string' || failure === undefined || wasJudged(failure)) return;
  const pending = pendingFailure(execution)?.error;
  if (pending !== undefined && (pending === failure || (pending instanceof Error && pending.stack === failure.stack)))
    return;
  const policy = trackedApplication(applicationOf(execution))?.policyOf(execution.handler);
  const outcome = policy?.decide(failure, statusOf(failure), undefined, Math.random) ?? 'report';
  if (outcome !== 'report') {
    stats.capture[outcome]++;
    return;
  }
  const level = levels[method] || undefined;
  report(failure, { type: 'auto.log.nestjs', handled: true }, { level, tags: { logger: context } });
}

/** The error that a stack belongs to. */
function errorOf(stack: string, message: string | undefined): Error {
  const [, name = 'Error', text] = HEADER.exec(stack) ?? [];
  const error = new Error(text ?? message ?? '');
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  error.stack = stack;
  return error;
}
