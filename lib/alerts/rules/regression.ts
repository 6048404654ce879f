import type { AlertRule, RegressionOptions } from '../../options/alert-options.js';
import { parseDuration } from '../../options/duration.js';
import { buildRule } from './build-rule.js';
import { positiveDuration } from './checks.js';
import type { RuleKind } from './rule-kind.js';
import { durationText } from './words.js';

const QUIET = '7d';

export const regressionKind: RuleKind<'regression'> = {
  kind: 'regression',
  defaultName: 'regression',
  options: { quiet: positiveDuration },
  required: [],
  compile({ quiet = QUIET }) {
    const milliseconds = parseDuration(quiet) ?? 0;
    return {
      precision: milliseconds / 4,
      fires: (before, now) => before !== undefined && now - before >= milliseconds,
      headline: (error) => `Back after ${durationText(milliseconds)} or more: ${error}`,
    };
  },
};

/**
 * Fires when a group of errors is seen again after it was quiet for a while.
 *
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 * @example
 * ```ts
 * import { regression } from 'nestjs-error-tracker/alerts';
 *
 * regression({ quiet: '14d' });
 * ```
 */
export function regression(options: RegressionOptions = {}): AlertRule {
  return buildRule(regressionKind, options);
}
