import type { AlertRule, NewErrorOptions } from '../../options/alert-options.js';
import { buildRule } from './build-rule.js';
import type { RuleKind } from './rule-kind.js';

export const newErrorKind: RuleKind<'newError'> = {
  kind: 'newError',
  defaultName: 'new-error',
  options: {},
  required: [],
  compile: () => ({
    fires: (before) => before === undefined,
    headline: (error) => `New error: ${error}`,
  }),
};

/**
 * Fires once for each group of errors, when it is seen for the first time. What was seen is kept by the store.
 *
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 * @example
 * ```ts
 * import { newError } from 'nestjs-error-tracker/alerts';
 *
 * newError({ notify: ['team'], where: { environment: 'production' } });
 * ```
 */
export function newError(options: NewErrorOptions = {}): AlertRule {
  return buildRule(newErrorKind, options);
}
