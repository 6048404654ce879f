import type { AlertRule, ErrorCountOptions } from '../../options/alert-options.js';
import { parseDuration } from '../../options/duration.js';
import { count } from '../../options/schema.js';
import { buildRule } from './build-rule.js';
import { within } from './checks.js';
import type { RuleKind } from './rule-kind.js';
import { windowCounting } from './window-counts.js';
import { counted, durationText } from './words.js';

export const errorCountKind: RuleKind<'errorCount'> = {
  kind: 'errorCount',
  defaultName: 'error-count',
  options: { above: count, within },
  required: ['above', 'within'],
  compile({ above, within: window }) {
    const milliseconds = parseDuration(window) ?? 0;
    return {
      counting: windowCounting({
        within: milliseconds,
        holds: (errors) => errors > above,
        title: (errors) => `${counted(errors, 'error')} within ${durationText(milliseconds)}`,
      }),
      failure(facts, tally) {
        tally.addBad(facts);
      },
    };
  },
};

/**
 * Fires when there are more than `above` errors within a window.
 *
 * @throws ConfigurationError - if an option is missing, unknown or out of its range
 * @example
 * ```ts
 * import { errorCount } from 'nestjs-error-tracker/alerts';
 *
 * errorCount({ above: 100, within: '1m', severity: 'critical' });
 * ```
 */
export function errorCount(options: ErrorCountOptions): AlertRule {
  return buildRule(errorCountKind, options);
}
