import type { KeyRules } from '../../names/key-rules.js';

/** The attributes in which the SDK sends the parameters of a message. */
export const MESSAGE_PARAMETER = 'sentry.message.parameter.';

/** `%s` of Node.js and Python, `{}` and `{0}` of loggers, `{name}` of Sentry's templates. */
const PLACEHOLDER = /%(?:\((\w{1,60})\))?[sdifjoOr]|\{(\w{0,60})(?::[^{}]{0,20})?\}/g;
/** The name before a placeholder: `token=%s`, `password: "{}"`, `the api key is %s`, `token %s`. */
const NAME_BEFORE = /([\p{L}\w][\p{L}\w.-]{0,60})["'`]?\s{0,3}(?:[:=]{1,2}>?|=>|->|\b(?:is|was)\b)?\s{0,3}["'`(<[]?$/u;
const OWNED = /^(?:key|code|header|value|string|number|phrase)$/i;
const BEFORE = 80;
const MAX_PLACEHOLDERS = 100;
const MAX_LENGTH = 4000;

/** The parameters of a message that its template names as secrets: their positions and their names. */
export function secretParameters(
  template: string,
  keys: KeyRules,
): { at: ReadonlySet<number>; named: ReadonlySet<string> } {
  const at = new Set<number>();
  const named = new Set<string>();
  let count = 0;
  for (const found of template.slice(0, MAX_LENGTH).matchAll(PLACEHOLDER)) {
    if (count === MAX_PLACEHOLDERS) break;
    const before = template.slice(Math.max(0, found.index - BEFORE), found.index);
    const name = nameIn(before);
    if (name !== undefined && keys.of(name).rule !== undefined) {
      const label = found[1] ?? found[2] ?? '';
      at.add(/^\d+$/.test(label) ? Number(label) : count);
      if (label !== '') named.add(label);
    }
    count++;
  }
  return { at, named };
}

function nameIn(before: string): string | undefined {
  const found = NAME_BEFORE.exec(before);
  const name = found?.[1];
  if (name === undefined || !OWNED.test(name)) return name;
  return `${/([\p{L}\w-]{1,40})[ _]$/u.exec(before.slice(0, found?.index))?.[1] ?? ''} ${name}`;
}
