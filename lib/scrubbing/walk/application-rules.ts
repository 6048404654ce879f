import { requireSynchronous } from '../../stats/require-synchronous.js';
import { marker } from '../markers/marker.js';
import type { CompiledRules } from './compiled-rules.js';
import type { RemovalLog } from './removal-log.js';
import { isEmpty } from './value-shapes.js';

/** What the rules of the application decided about a value. */
export interface RuleOutcome {
  /** `undefined`: the built-in rules still apply to the value; `keep`: they do not. */
  done: 'removed' | 'keep' | undefined;
  value: unknown;
}

/** Applies the rules for paths and the custom rule, before the built-in ones. */
export function applyApplicationRules(rules: CompiledRules, log: RemovalLog, value: unknown): RuleOutcome {
  const { paths, custom } = rules;
  const names = log.names();
  const action = paths?.actionAt(names, names.length);
  if (action === 'keep') return { done: 'keep', value };
  if (action === 'remove') {
    return { done: 'removed', value: isEmpty(value) ? value : log.remove(marker('path'), '@path', value) };
  }
  if (!custom || isEmpty(value)) return { done: undefined, value };
  try {
    const answer = requireSynchronous(custom(value, names.join('.')));
    if (answer === undefined) return { done: 'removed', value: log.remove(marker('custom'), '@custom', value) };
    if (answer !== value) log.record('', '@custom', typeof value === 'string' ? value.length : undefined);
    return { done: undefined, value: answer };
  } catch {
    rules.faults++; // the application's rule threw: the value is not sent
    return { done: 'removed', value: log.remove(marker('custom'), '@custom', value) };
  }
}
