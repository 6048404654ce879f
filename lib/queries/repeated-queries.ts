import { withActiveSpan, withIsolationScope, type Scope } from '@sentry/nestjs';
import { reportMessage } from '../capture/report-message.js';
import { factorOf } from '../capture/report-slow.js';
import { currentExecution, insideExecution, type Execution } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';
import { applicationCaller } from './origin.js';
import type { QuerySource } from './query-source.js';
import { StatementCounts, type Repeated } from './statement-counts.js';

const byExecution = processWide('repeated-queries', () => new WeakMap<Execution, StatementCounts>());

/**
 * Counts a statement of the running execution. If it has become too many, a warning is sent when the execution ends, with
 * the final count.
 *
 * @param above - the function that the application, or its ORM, called
 */
export function countQuery(statement: string, source: QuerySource, above: (...args: never[]) => unknown): void {
  const { nPlusOne } = source.settings ?? {};
  if (!nPlusOne || !insideExecution()) return;
  const execution = currentExecution();
  const repeated = repeatedOf(execution, statement, source);
  if (!repeated) return;
  repeated.count++;
  if (repeated.count < nPlusOne || repeated.isExcessive) return;
  repeated.isExcessive = true;
  repeated.origin = applicationCaller(above);
  execution.atEnd = warnOfRepeated;
}

/** Sends a warning about a slow query, once for each statement and execution. */
export function warnIfSlow(statement: string, source: QuerySource, duration: number): void {
  const threshold = source.settings?.slowerThan;
  if (threshold === undefined || duration <= threshold) return;
  if (insideExecution()) {
    const repeated = repeatedOf(currentExecution(), statement, source);
    if (!repeated || repeated.wasSlow) return;
    repeated.wasSlow = true;
  }
  const { dataSource } = source;
  warn('Slow query', ['slow-query', statement], source, {
    statement,
    dataSource,
    duration,
    threshold,
    factor: factorOf(duration, threshold),
  });
}

function repeatedOf(execution: Execution, statement: string, source: QuerySource): Repeated | undefined {
  let counts = byExecution.get(execution);
  if (!counts) byExecution.set(execution, (counts = new StatementCounts()));
  return counts.of(statement, source);
}

function warnOfRepeated(execution: Execution, scope: Scope): void {
  const excessive = byExecution.get(execution)?.excessive ?? [];
  byExecution.delete(execution);
  const report = () => {
    for (const { statement, source, count, origin } of excessive) {
      const { dataSource } = source;
      warn('N+1 queries', ['n-plus-one', statement], source, { statement, dataSource, count, origin });
    }
  };
  const { span } = execution;
  withIsolationScope(scope, () => {
    if (span) withActiveSpan(span, report);
    else report();
  });
}

function warn(
  message: string,
  fingerprint: string[],
  { system, dataSource }: QuerySource,
  query: Record<string, unknown>,
): void {
  reportMessage(message, {
    level: 'warning',
    fingerprint,
    tags: { 'db.system': system, dataSource },
    contexts: { query },
  });
}
