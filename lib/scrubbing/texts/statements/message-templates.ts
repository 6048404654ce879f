import { FILTERED } from '../../markers/marker.js';
import type { WorkMeter } from '../../limits/work-meter.js';
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
/** Steps to look for placeholders, for each character; and for the name before one. */
const STEPS_TO_FIND = 8;
const STEPS_PER_NAME = 3000;
/** The same for the word before a name that means little by itself. */
const STEPS_PER_OWNER = 10_000;

/**
 * The parameters of a message that its template names as secrets: their positions and their names; undefined if the
 * item has no steps left to read the template.
 */
export function secretParameters(
  template: string,
  keys: KeyRules,
  work: WorkMeter,
): { at: ReadonlySet<number>; named: ReadonlySet<string> } | undefined {
  work.spend(Math.min(template.length, MAX_LENGTH) * STEPS_TO_FIND);
  const at = new Set<number>();
  const named = new Set<string>();
  let count = 0;
  for (const found of template.slice(0, MAX_LENGTH).matchAll(PLACEHOLDER)) {
    if (count === MAX_PLACEHOLDERS) break;
    work.spend(STEPS_PER_NAME);
    if (work.isExhausted) return undefined;
    const before = template.slice(Math.max(0, found.index - BEFORE), found.index);
    const name = nameIn(before, work);
    if (name !== undefined && keys.of(name).rule !== undefined) {
      const label = found[1] ?? found[2] ?? '';
      at.add(/^\d+$/.test(label) ? Number(label) : count);
      if (label !== '') named.add(label);
    }
    count++;
  }
  return work.isExhausted ? undefined : { at, named };
}

function nameIn(before: string, work: WorkMeter): string | undefined {
  const found = NAME_BEFORE.exec(before);
  const name = found?.[1];
  if (name === undefined || !OWNED.test(name)) return name;
  work.spend(STEPS_PER_OWNER);
  return `${/([\p{L}\w-]{1,40})[ _]$/u.exec(before.slice(0, found?.index))?.[1] ?? ''} ${name}`;
}

const PARAMETER = /\[object [A-Z]\w{0,40}\]|\[Filtered[^\]]{0,20}\]|[^ ]+/g;
/** After the literal of a template in source code. */
const CODE = /^%\w[^"'`]{0,200}["'`]\s{0,2}[,+)]/;
/** The last placeholder of a template, and what follows it. */
const UNFORMATTED = /%[sdifjoO](?![\w%])[^%]{1,4000}$/;

/**
 * A template with its parameters after it, as a console prints it that was given no text first, and as the SDK joins the
 * arguments: `user %s token %s kim x`.
 */
export function scrubUnformatted(text: string, keys: KeyRules, work: WorkMeter): string {
  const last = text.length > MAX_LENGTH ? null : UNFORMATTED.exec(text);
  if (!last || CODE.test(last[0])) return text;
  const template = text.slice(0, last.index + 2);
  const secret = secretParameters(template, keys, work);
  if (!secret || secret.at.size === 0) return text;
  const count = Array.from(template.matchAll(PLACEHOLDER)).length;
  const parameters = Array.from(text.slice(template.length).matchAll(PARAMETER)).slice(-count);
  if (parameters.length < count) return text;
  let out = '';
  let copied = 0;
  for (const at of [...secret.at].sort((one, other) => one - other)) {
    const parameter = parameters[at];
    if (!parameter || parameter[0].startsWith('[Filtered')) continue;
    const start = template.length + parameter.index;
    out += text.slice(copied, start) + FILTERED;
    copied = start + parameter[0].length;
  }
  return out + text.slice(copied);
}
