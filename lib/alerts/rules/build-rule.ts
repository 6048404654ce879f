import type { AlertRule } from '../../options/alert-options.js';
import { checkRuleOptions } from './check-rule.js';
import type { AnyRuleKind } from './rule-kind.js';

/** Checks the options of one rule and names it. */
export function buildRule(kind: AnyRuleKind, options: object): AlertRule {
  checkRuleOptions(kind, options, kind.kind);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { kind: kind.kind, name: kind.defaultName, ...Object.fromEntries(given) } as AlertRule;
}
