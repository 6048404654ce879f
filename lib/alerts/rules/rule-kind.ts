import type { AlertFilter, AlertRule } from '../../options/alert-options.js';
import type { Check } from '../../options/schema.js';
import type { Condition } from './condition.js';

export type RuleOf<K extends AlertRule['kind']> = Extract<AlertRule, { kind: K }>;

/** What checks rules of any kind. */
export interface AnyRuleKind {
  readonly kind: AlertRule['kind'];
  /** The name of rules that have none. */
  readonly defaultName: string;
  /** The checks of its own options; those of all rules are in `check-rule.ts`. */
  readonly options: Record<string, Check>;
  readonly required: readonly string[];
  /** The conditions of `where` that mean something to it. Default: all. */
  readonly where?: readonly (keyof AlertFilter)[];
  /** @param path - of the rule, for a ConfigurationError */
  compile(rule: never, path: string): Condition;
}

/** One kind of rule: how its options are checked, and how it counts. */
export interface RuleKind<K extends AlertRule['kind']> extends AnyRuleKind {
  readonly kind: K;
  compile(rule: RuleOf<K>, path: string): Condition;
}
