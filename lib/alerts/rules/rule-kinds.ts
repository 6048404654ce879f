import { ConfigurationError } from '../../options/configuration-error.js';
import type { AlertRule } from '../../options/alert-options.js';
import { checkRuleOptions } from './check-rule.js';
import type { Condition } from './condition.js';
import { consecutiveFailuresKind } from './consecutive-failures.js';
import { errorCountKind } from './error-count.js';
import { errorRateKind } from './error-rate.js';
import { jobFailedKind } from './job-failed.js';
import { missedCronKind } from './missed-cron.js';
import { newErrorKind } from './new-error.js';
import { regressionKind } from './regression.js';
import type { AnyRuleKind } from './rule-kind.js';
import { slowKind } from './slow.js';

const KINDS: readonly AnyRuleKind[] = [
  errorRateKind,
  errorCountKind,
  consecutiveFailuresKind,
  newErrorKind,
  regressionKind,
  slowKind,
  jobFailedKind,
  missedCronKind,
];

/**
 * Checks a rule, whether or not a builder has made it.
 *
 * @throws ConfigurationError - if it is no rule, or an option is missing, unknown or out of its range
 */
export function checkRule(rule: unknown, path: string): AlertRule {
  const { kind, ...options } = (rule ?? {}) as Partial<AlertRule>;
  const found = KINDS.find((each) => each.kind === kind);
  if (!found) {
    throw new ConfigurationError({
      path,
      received: rule,
      expected: 'a rule',
      fix: `make it with a function of nestjs-error-tracker/alerts: ${KINDS.map((each) => `${each.kind}()`).join(', ')}`,
    });
  }
  checkRuleOptions(found, options, path);
  return { ...(rule as AlertRule), name: options.name ?? found.defaultName };
}

/** @param path - of the rule */
export function compileCondition(rule: AlertRule, path: string): Condition {
  const kind = KINDS.find((each) => each.kind === rule.kind);
  if (!kind) throw new TypeError(`There is no rule '${rule.kind}'`);
  return kind.compile(rule as never, path);
}
