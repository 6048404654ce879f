import { personalLabel, type PersonalKind } from '../names/personal-names.js';
import { isEmpty } from './value-shapes.js';
import type { WalkContext } from './walk-context.js';

const MAX_ELEMENTS = 20;

/** The value under a name of personal data: texts and numbers are replaced, also in a short list; objects are read on. */
export function personalValue(walk: WalkContext, value: unknown, kind: PersonalKind): unknown {
  if (Array.isArray(value) && value.length <= MAX_ELEMENTS) {
    const clean = (value as unknown[]).map((element) => replaced(walk, element, kind));
    return clean.some((element, at) => element !== (value as unknown[])[at]) ? clean : value;
  }
  return replaced(walk, value, kind);
}

function replaced(walk: WalkContext, value: unknown, kind: PersonalKind): unknown {
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '' || isEmpty(value)) return value;
  const replacement = walk.rules.texts.personal(kind, String(value));
  return replacement === String(value) ? value : walk.log.remove(replacement, `@${personalLabel(kind)}`, String(value));
}
