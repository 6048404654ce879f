import { INTERNAL_ERROR } from '../../client/span-status.js';
import type { AlertRule, ConsecutiveFailuresOptions } from '../../options/alert-options.js';
import { atLeast, check } from '../../options/schema.js';
import { buildRule } from './build-rule.js';
import { EXECUTION_CONDITIONS } from './filter.js';
import type { RuleKind } from './rule-kind.js';
import { streakCounting } from './streak-counts.js';

const status = check(
  "a status code from 400 to 599, or '4xx' or '5xx'",
  "use for example '5xx' or 503",
  (value) =>
    value === '4xx' || value === '5xx' || (Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599),
);
const SUCCESSFUL = 400;
const OF_EXECUTIONS: ReadonlySet<string> = new Set(EXECUTION_CONDITIONS);
export const consecutiveFailuresKind: RuleKind<'consecutiveFailures'> = {
  kind: 'consecutiveFailures',
  defaultName: 'consecutive-failures',
  options: { count: atLeast(1), status },
  required: ['count'],
  compile({ count, status: expected = '5xx', where = {} }) {
    const isExpected = (code: number) => code === expected || `${Math.floor(code / 100)}xx` === expected;
    const countsFailures = expected === '5xx';
    const isAboutFailures = Object.entries(where).some(
      ([name, value]) => value !== undefined && !OF_EXECUTIONS.has(name),
    );
    /** Requests with a failure that `where` matches, and requests that have failed without one so far. */
    const matched = new WeakSet<object>();
    const unmatched = new WeakSet<object>();
    return {
      counting: streakCounting(count, (failures) => `${failures} requests failed in a row (${expected})`),
      failure(facts, tally) {
        if (facts.execution.job) return;
        tally.note(facts);
        matched.add(facts.execution);
        if (unmatched.delete(facts.execution)) tally.addToRow();
      },
      execution({ execution, status: code, isAborted }, tally) {
        // Jobs run whether or not anybody can reach the application.
        if (execution.job || isAborted) return;
        // A GraphQL operation or a message has no status of its own. What its code has caught and reported is no failure.
        const hasFailed = countsFailures && execution.failed === INTERNAL_ERROR;
        const isFailed = code !== undefined && code >= SUCCESSFUL ? isExpected(code) : hasFailed;
        if (isFailed && isAboutFailures && !matched.has(execution)) unmatched.add(execution);
        else if (isFailed) tally.addToRow();
        // Any other error says nothing: one client's mistakes neither prove that the application works nor that it fails.
        else if ((code ?? 0) < SUCCESSFUL) tally.breakRow();
      },
    };
  },
};

/**
 * Fires when so many requests in a row fail. The first success is the recovery.
 *
 * @throws ConfigurationError - if an option is missing, unknown or out of its range
 * @example
 * ```ts
 * import { consecutiveFailures } from 'nestjs-error-tracker/alerts';
 *
 * consecutiveFailures({ count: 10, status: '5xx', severity: 'critical' });
 * ```
 */
export function consecutiveFailures(options: ConsecutiveFailuresOptions): AlertRule {
  return buildRule(consecutiveFailuresKind, options);
}
