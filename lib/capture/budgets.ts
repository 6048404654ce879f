import { withActiveSpan, withIsolationScope, type Scope } from '@sentry/nestjs';
import type { Execution } from '../context/execution.js';
import { transactionName } from '../context/http-execution.js';
import { slowestSpans, watchSlowestSpans } from '../context/slowest-spans.js';
import type { Duration } from '../options/duration.js';
import { compileBudgets } from '../sampling/index.js';
import { reportMessage } from './report-message.js';
import { factorOf, rounded } from './report-slow.js';

/**
 * Warns about requests, messages and events that took longer than their budget: grouped by route, with their slowest
 * spans.
 */
export function budgetWatch(budgets: Readonly<Record<string, Duration>>): (execution: Execution, scope: Scope) => void {
  const budgetOf = compileBudgets(budgets, 'budgets');
  watchSlowestSpans();
  return (execution, scope) => {
    const duration = rounded(performance.now() - execution.startedAt);
    for (const route of namesOf(execution)) {
      const budget = budgetOf(route);
      if (!budget) continue;
      if (duration <= budget.limit || execution.isEventStream) return;
      const { pattern, limit: threshold } = budget;
      const factor = factorOf(duration, threshold);
      const report = () =>
        reportMessage('Performance budget exceeded', {
          level: 'warning',
          fingerprint: ['performance-budget', route],
          tags: { route, budget: pattern },
          contexts: {
            budget: { route, pattern, duration, threshold, factor, slowest: [...slowestSpans(execution)] },
          },
        });
      const { span } = execution;
      withIsolationScope(scope, () => (span ? withActiveSpan(span, report) : report()));
      return;
    }
  };
}

/** A GraphQL request has two names: its operation and its route. A request that reached no route has none. */
function namesOf(execution: Execution): string[] {
  const route = execution.incoming && transactionName(execution);
  return [execution.name, route].filter((name) => name !== undefined);
}
