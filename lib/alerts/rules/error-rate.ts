import type { AlertRule, ErrorRateOptions } from '../../options/alert-options.js';
import { parseDuration } from '../../options/duration.js';
import { atLeast } from '../../options/schema.js';
import { buildRule } from './build-rule.js';
import { share, within } from './checks.js';
import type { RuleKind } from './rule-kind.js';
import { windowCounting } from './window-counts.js';
import { counted, durationText, percent } from './words.js';

/** With fewer requests, one failure is a large share. */
export const MIN_REQUESTS = 20;

export const errorRateKind: RuleKind<'errorRate'> = {
  kind: 'errorRate',
  defaultName: 'error-rate',
  options: { above: share, within, minRequests: atLeast(1) },
  required: ['above', 'within'],
  compile({ above, within: window, minRequests = MIN_REQUESTS }) {
    const milliseconds = parseDuration(window) ?? 0;
    const failed = new WeakSet();
    return {
      counting: windowCounting({
        within: milliseconds,
        holds: (bad, total) => total >= minRequests && bad > above * total,
        title: (bad, total) =>
          `${percent(bad, Math.max(total, 1))} of ${counted(total, 'request')} failed within ${durationText(milliseconds)}`,
      }),
      failure(facts, tally) {
        const { execution } = facts;
        if (!facts.isOfExecution || failed.has(execution)) return;
        failed.add(execution);
        // It counts when the request ends; a response may be judged after that.
        if (facts.hasEnded) tally.addBad(facts);
        else tally.note(facts);
      },
      execution({ execution }, tally) {
        tally.total++;
        if (failed.has(execution)) tally.bad++;
      },
    };
  },
};

/**
 * Fires when more than a share of requests, messages and jobs fails within a window.
 *
 * @throws ConfigurationError - if an option is missing, unknown or out of its range
 * @example
 * ```ts
 * import { errorRate } from 'nestjs-error-tracker/alerts';
 *
 * errorRate({ above: 0.05, within: '5m', notify: ['team'], escalate: [{ after: '5m', notify: ['pager'] }] });
 * ```
 */
export function errorRate(options: ErrorRateOptions): AlertRule {
  return buildRule(errorRateKind, options);
}
