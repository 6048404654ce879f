import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';
import { STEPS_PER_VALUE, isNamed } from './reported-values.js';
import { STATED_FORMS, isQuoted, type StatedForm } from './stated-forms.js';

/** One expression for all hints: most texts have none of them. */
const MAY_STATE = new RegExp(STATED_FORMS.map(({ hint }) => hint.source).join('|'), 'i');
const BEFORE = 30;
const STEPS = 100;

/** Sentences that name a secret and quote its value, in either order. */
export function scrubStatedValues(text: string, keys: KeyRules, work: WorkMeter): string {
  if (!MAY_STATE.test(text)) return text;
  let out = work.read(text, STEPS);
  for (const form of STATED_FORMS) if (form.hint.test(out)) out = scrubForm(out, form, keys, work);
  return out;
}

function scrubForm(text: string, { form, roles, isSecret, fits }: StatedForm, keys: KeyRules, work: WorkMeter): string {
  const named = roles.indexOf('name');
  return text.replace(form, (all: string, ...received: (string | number)[]) => {
    const parts = received.slice(0, roles.length) as string[];
    const at = received[roles.length] as number;
    const facts = named === -1 ? undefined : keys.of(lastOf(parts[named] ?? ''));
    if (facts) {
      if (facts.rule === undefined) return all;
    } else {
      work.charge(STEPS_PER_VALUE);
      if (!isNamed(text, at, at + all.length, keys)) return all;
    }
    if (fits && !fits(parts[named + 1] ?? '', text.slice(Math.max(0, at - BEFORE), at))) return all;
    return parts
      .map((part, index) => (roles[index] === 'value' && part !== '' && isSecret(part, facts) ? filtered(part) : part))
      .join('');
  });
}

function lastOf(name: string): string {
  return name.split(/[.[\]]/).findLast((part) => part !== '') ?? name;
}

function filtered(value: string): string {
  const quote = isQuoted(value) ? value.charAt(0) : '';
  return quote + FILTERED + quote;
}
