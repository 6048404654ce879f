import type { AlertRule, AlertSeverity } from '../../options/alert-options.js';
import { parseDuration } from '../../options/duration.js';
import type { Condition } from '../rules/condition.js';
import { compileFilter, type CompiledFilter } from '../rules/filter.js';
import { compileCondition } from '../rules/rule-kinds.js';

const COOLDOWN = '15m';

/** A rule that is ready to count. */
export interface CompiledRule {
  readonly name: string;
  readonly severity: AlertSeverity;
  readonly condition: Condition;
  readonly filter: CompiledFilter;
  readonly notify: readonly string[];
  /** Milliseconds. */
  readonly cooldown: number;
  readonly escalate: readonly { readonly after: number; readonly notify: readonly string[] }[];
  readonly recovery: boolean;
}

/**
 * @param path - of the rule
 * @param channels - the names of all channels
 */
export function compileRule(
  rule: AlertRule,
  path: string,
  channels: readonly string[],
  environment: string,
): CompiledRule {
  return {
    name: rule.name,
    severity: rule.severity ?? 'error',
    condition: compileCondition(rule, path),
    filter: compileFilter(rule.where ?? {}, `${path}.where`, environment),
    notify: rule.notify ?? channels,
    cooldown: parseDuration(rule.cooldown ?? COOLDOWN) ?? 0,
    escalate: (rule.escalate ?? [])
      .map(({ after, notify }) => ({ after: parseDuration(after) ?? 0, notify }))
      .sort((one, other) => one.after - other.after),
    recovery: rule.recovery ?? true,
  };
}
