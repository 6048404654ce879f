import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyFacts } from '../../names/key-facts.js';
import type { KeyRules } from '../../names/key-rules.js';
import { TECHNICAL } from '../assignments/prose-secrets.js';
import { STEPS_PER_VALUE, isNamed } from './reported-values.js';

/** What a group of a form matches; together, the groups are the whole match. */
type Role = 'name' | 'value' | 'text';

interface StatedForm {
  /** One of the sentences that the form is for, with a secret in it. */
  readonly example: string;
  /** A cheap test for a text that may contain such a sentence. */
  readonly hint: RegExp;
  readonly form: RegExp;
  readonly roles: readonly Role[];
  /** Whether a value of a secret's name is one; a form without a name asks what is near instead. */
  readonly isSecret: (value: string, facts: KeyFacts | undefined) => boolean;
  /** Whether the rest of the sentence says what the form expects of it. */
  readonly fits?: (gap: string, before: string) => boolean;
}

const NAME = '[\\p{L}_$][\\p{L}\\w.$[\\]-]{1,80}';
const QUOTED = '"[^"\\r\\n]{1,400}"|\'[^\'\\r\\n]{1,400}\'|`[^`\\r\\n]{1,400}`';
const WORD = '[^\\s"\'`,;()]{3,200}';
const VERB = /\b(?:chang|updat|modif|rotat|replac|reset|set|alter|switch)\w{0,4}\b/i;
const CHANGES = '(?:changed|updated|modified|rotated|replaced|reset|set|altered|switched)';

export const STATED_FORMS: readonly StatedForm[] = [
  {
    example: 'Path `password` (`$`, length 14) is longer than the maximum allowed length (4).',
    hint: /\(["'`]/,
    form: new RegExp(`(?<=["'\`]|\\s|^)(${NAME})(["'\`]\\s?\\(|\\s\\()(${QUOTED})(?=\\)|, length )`, 'gu'),
    roles: ['name', 'text', 'value'],
    isSecret: isValue,
  },
  {
    example: 'Path `secretWord` is invalid ($).',
    hint: / is invalid \(/,
    form: new RegExp(`(?<=["'\`])(${NAME})(["'\`] is invalid \\()([^()\\s]{1,400})(?=\\))`, 'gu'),
    roles: ['name', 'text', 'value'],
    isSecret: isValue,
  },
  {
    example: "'$' is not a valid password",
    hint: / is (?:not |an? (?:invalid|weak|wrong|bad|common|compromised|leaked) |too )/,
    form: new RegExp(
      `(${QUOTED})( is (?:not (?:an? )?(?:valid|allowed|acceptable|correct|strong enough)|an? (?:invalid|weak|wrong|bad|common|compromised|leaked)|too (?:short|long|weak) for)(?: value)?(?: for)?(?: (?:an?|the|field|property))? ["'\`]?)([\\p{L}][\\p{L}\\w.-]{1,40}(?: [\\p{L}\\w.-]{1,20}){0,2})`,
      'gu',
    ),
    roles: ['value', 'text', 'name'],
    isSecret: (value, facts) =>
      isValue(value) && !facts?.descriptive?.test(value.slice(1, -1)) && /[^A-Za-z_]/.test(value.slice(1, -1)),
  },
  {
    example: "password changed from '$' to '$'",
    hint: /\bfrom:?\s/,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME}(?: key| code)?)(["'\`]?(?:\\s(?:(?:for|of)\\s\\S{1,60}|["'\`][\\w./-]{1,60}["'\`]))?\\s(?:(?:was|were|is|has been|have been|got)\\s)?(?:${CHANGES}\\s)?from:?\\s)(${QUOTED}|${WORD})(\\s(?:to|by|with):?\\s)(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value', 'text', 'value'],
    isSecret: isChanged,
    fits: (gap, before) => VERB.test(gap) || VERB.test(before),
  },
  {
    example: 'secret rotated: old=$ new=$',
    hint: /\b(?:old|previous|prev|before|from|was)(?: value)?\s?[:=]/i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])([\\p{L}_$][\\p{L}\\w.$-]{1,60})(\\s(?:was\\s|has been\\s)?${CHANGES}\\b[^\\r\\n"'\`=]{0,40}?\\b(?:old|previous|prev|before|from|was)(?: value)?\\s?[:=]\\s?)(${QUOTED}|${WORD})(,?\\s{1,2}(?:new|current|after|to|now)(?: value)?\\s?[:=]\\s?)(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value', 'text', 'value'],
    isSecret: isChanged,
  },
  {
    example: 'mailer.setPassword("$")',
    hint: /\(\s{0,4}["'`]/,
    form: /(?<![\w$])((?:[\w$]{1,40}\.){0,3}_?(?:set|with|use|update|save|store|put|add|change|reset|encrypt|hash|verify|check|validate|compare|match|decode|revoke|register)_?[A-Za-z_]{2,40})(\(\s{0,4}(?:["'`][^"'`\r\n]{0,200}["'`],\s{0,4}){0,3}["'`])([^"'`\s]{6,400})(?=["'`]\s{0,4}[,)])/g,
    roles: ['name', 'text', 'value'],
    isSecret: isRandom,
  },
  {
    example: 'Expected a number for password but received $',
    hint: /(?:value|got|received|actual|but was)(?::|=|\sis)?\s/i,
    form: /(\b(?:rejected value|invalid value|actual value|value|got|received|actual|but was)(?::|=|\sis)?\s{1,2})((?=[^\s"'`,;()[\]{}<>]{0,60}\d)(?=[^\s"'`,;()[\]{}<>]{0,60}[A-Za-z])[^\s"'`,;()[\]{}<>]{6,200})(?=$|[\s,;)])/gi,
    roles: ['text', 'value'],
    isSecret: (value) => isValue(value) && !TECHNICAL.test(value),
  },
];

/** States and places, not values. */
const PLAIN =
  /^(?:["'`]?)(?:old|new|previous|null|undefined|none|empty|unset|active|inactive|revoked|valid|invalid|expired|enabled|disabled|weak|strong|required|optional|plain ?text|hash(?:ed)?|bcrypt|scrypt|argon2\w{0,2}|sha-?\d+|md5|pending|default|public|private)\b/i;
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
      .map((part, index) => (roles[index] === 'value' && isSecret(part, facts) ? filtered(part) : part))
      .join('');
  });
}

function isChanged(value: string): boolean {
  return isValue(value) && (isQuoted(value) || (/\d/.test(value) && /[^\d.]/.test(value)));
}

function isRandom(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && isValue(value) && !TECHNICAL.test(value);
}

function lastOf(name: string): string {
  return name.split(/[.[\]]/).findLast((part) => part !== '') ?? name;
}

function isValue(value: string): boolean {
  const bare = isQuoted(value) ? value.slice(1, -1) : value;
  return !bare.includes('[Filtered') && !isPlaceholder(bare) && !PLAIN.test(bare);
}

function isQuoted(value: string): boolean {
  return /^["'`]/.test(value);
}

function filtered(value: string): string {
  const quote = isQuoted(value) ? value.charAt(0) : '';
  return quote + FILTERED + quote;
}
