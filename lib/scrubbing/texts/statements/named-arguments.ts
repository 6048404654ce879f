import type { WorkMeter } from '../../limits/work-meter.js';
import type { KeyRules } from '../../names/key-rules.js';
import { secretParameters } from './message-templates.js';

const COLON = 58;
const EQUALS = 61;
const NAME_AT_END =
  /([\p{L}\w][\p{L}\w.-]{0,60})["'`]?(?:\s(?:is|was|are|now|for\s[\w@.-]{1,40})){0,2}\s{0,3}(?:[:=]|=>|->)\s{0,3}$/u;
const BARE_NAME = /^[\p{L}_][\p{L}\w .-]{1,40}$/u;
const RANDOM = /^(?=[^\s]{6,}$)(?=.*\d)(?=.*[A-Za-z])/;
const MAX_TEXT = 4000;
/** Steps to find out whether a text ends like a name, and to read that name. */
const STEPS_PER_TEXT = 100;
const STEPS_PER_NAME = 5000;

/**
 * The elements of a list that the element before them names: `['password:', 'x']`, `['token=%s', 'x']`, as the arguments
 * of `console.log` are recorded. Undefined if there are none, as in nearly every list.
 *
 * @param args - the list holds arguments: a bare name may precede its value, `['password', 'x1y2z3']`
 */
export function namedArguments(
  list: readonly unknown[],
  count: number,
  keys: KeyRules,
  args: boolean,
  work: WorkMeter,
): ReadonlySet<number> | undefined {
  if (typeof list[0] !== 'string' && typeof list[1] !== 'string') return undefined;
  let found: Set<number> | undefined;
  work.spend(count * STEPS_PER_TEXT);
  for (let at = 0; at < count - 1; at++) {
    const text = list[at];
    if (typeof text !== 'string' || text.length === 0 || text.length > MAX_TEXT) continue;
    if (work.isExhausted) break; // the list is not sent
    if (namesNext(text, list[at + 1], keys, args, work)) (found ??= new Set()).add(at + 1);
    if (at === 0 && text.includes('%')) {
      for (const parameter of secretParameters(text, keys, work)?.at ?? []) (found ??= new Set()).add(parameter + 1);
    }
  }
  return found;
}

/** Whether a text names what follows it: `password:`, `token =`. */
export function namesNext(text: string, next: unknown, keys: KeyRules, args: boolean, work: WorkMeter): boolean {
  let end = text.length - 1;
  while (end > 0 && text.charCodeAt(end) === 32) end--;
  const last = text.charCodeAt(end);
  if (last === COLON || last === EQUALS || (last === 62 && end > 0)) {
    work.spend(STEPS_PER_NAME);
    const name = NAME_AT_END.exec(text.slice(-80))?.[1];
    return name !== undefined && keys.of(name).rule !== undefined;
  }
  if (!args || typeof next !== 'string' || text.length > 42 || !RANDOM.test(next) || !BARE_NAME.test(text))
    return false;
  return keys.of(text).rule !== undefined;
}
