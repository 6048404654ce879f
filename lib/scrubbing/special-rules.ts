import { marker } from './marker.js';
import type { CompiledRules } from './rules.js';
import type { Trail } from './trail.js';
import { isEmpty } from './value-shapes.js';
import { immediateAnswer } from '../stats/immediate-answer.js';

/** What the rules of the application say of a value. */
export interface Verdict {
  /** `undefined`: the built-in rules go on with the value; `keep`: they do not. */
  done: 'removed' | 'keep' | undefined;
  value: unknown;
}

/** Per-path and custom rules, before the built-in ones. */
export function applySpecial(rules: CompiledRules, trail: Trail, value: unknown): Verdict {
  const { paths, custom } = rules;
  const names = trail.names();
  const action = paths?.actionAt(names, names.length);
  if (action === 'keep') return { done: 'keep', value };
  if (action === 'remove') {
    return { done: 'removed', value: isEmpty(value) ? value : trail.remove(marker('path'), '@path', value) };
  }
  if (!custom || isEmpty(value)) return { done: undefined, value };
  try {
    const answer = immediateAnswer(custom(value, names.join('.')));
    if (answer === undefined) return { done: 'removed', value: trail.remove(marker('custom'), '@custom', value) };
    if (answer !== value) trail.note('', '@custom', typeof value === 'string' ? value.length : undefined);
    return { done: undefined, value: answer };
  } catch {
    rules.faults++; // the application's rule failed: the value is not sent
    return { done: 'removed', value: trail.remove(marker('custom'), '@custom', value) };
  }
}
