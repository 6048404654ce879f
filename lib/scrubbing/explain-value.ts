import { describes } from './names/descriptive-names.js';
import { isNeverRemoved } from './walk/value-shapes.js';
import { FILTERED, MARKERS, isMarker, ruleOf } from './markers/marker.js';
import type { CompiledRules } from './walk/compiled-rules.js';
import type { Explanation } from './scrubber.js';
import { personalLabel } from './names/personal-names.js';
import { OPEN } from './texts/rule-kinds.js';

/** Why a string is removed or kept, optionally under a key. */
export function explainValue(rules: CompiledRules, value: string, key?: string): Explanation {
  if (isMarker(value))
    return { output: value, removed: false, reason: 'it is a marker: the value was removed earlier' };
  const facts = key === undefined ? undefined : rules.keys.of(key);
  const rule = describes(facts?.descriptive, value) ? undefined : facts?.rule;
  if (rule !== undefined && !isNeverRemoved(value, { counts: false })) {
    return {
      output: FILTERED,
      removed: true,
      rule,
      reason: `the name '${rules.keys.nameOf(key ?? '')}' is the name of a secret`,
    };
  }
  const kind = value === '' ? undefined : facts?.personal;
  if (kind !== undefined) {
    const personal = `@${personalLabel(kind)}`;
    return {
      output: rules.texts.personal(kind, value),
      removed: true,
      rule: personal,
      reason: `the name '${rules.keys.nameOf(key ?? '')}' is that of personal data`,
    };
  }
  const output = rules.texts.whole(value, OPEN);
  if (output === value) {
    const reason =
      rule !== undefined
        ? 'an empty or literal value is never removed'
        : facts?.rule !== undefined
          ? `the name '${facts.name}' mentions a secret, but this value only describes it`
          : 'no rule matched it, and its name is not the name of a secret';
    return { output, removed: false, reason };
  }
  const label = [...output.matchAll(MARKERS)][0]?.[1];
  const personal = /\b(phone|national-id|birth-date|postal-address|name|geolocation|mac)-[0-9a-f]{12}\b/.exec(
    output,
  )?.[1];
  const found = personal
    ? `@${personal}`
    : output.includes('[Filtered')
      ? ruleOf(label)
      : output.includes('@pseudonym.invalid')
        ? '@email'
        : '@ip';
  return { output, removed: true, rule: found, reason: `the rule ${found} matched in the string` };
}
