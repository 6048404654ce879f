import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { TECHNICAL } from '../assignments/prose-secrets.js';
import { isNamed } from './reported-values.js';

const NAME = '[\\p{L}_$][\\p{L}\\w.$[\\]-]{1,80}';
const QUOTED = '"[^"\\r\\n]{1,400}"|\'[^\'\\r\\n]{1,400}\'|`[^`\\r\\n]{1,400}`';
/** Mongoose: ``Path `password` (`x`, length 4) is shorter than …``, ``Path `secret` is invalid (x).``. */
const IN_BRACKETS = new RegExp(
  `(?<=["'\`]|\\s|^)(${NAME})(["'\`]\\s?|\\s)(\\()(${QUOTED})(?=\\)|, length )|(?<=["'\`])(${NAME})(["'\`] is invalid )(\\()([^()\\s]{1,400})(?=\\))`,
  'gu',
);
/** `'x' is not a valid password`. */
const VALUE_FIRST = new RegExp(
  `(${QUOTED})(?= is (?:not (?:an? )?(?:valid|allowed|acceptable|correct|strong enough)|an? (?:invalid|weak|wrong|bad|common|compromised|leaked)|too (?:short|long|weak) for)(?: value)?(?: for)?(?: (?:an?|the|field|property))? ["'\`]?([\\p{L}][\\p{L}\\w.-]{1,40}(?: [\\p{L}\\w.-]{1,20}){0,2}))`,
  'gu',
);
/** `password changed from 'x' to 'y'`, `changed the password from x to y`. */
const CHANGED = new RegExp(
  `(?<![\\p{L}\\w.-])(${NAME}(?: key| code)?)(["'\`]?(?:\\s(?:(?:for|of)\\s\\S{1,60}|["'\`][\\w./-]{1,60}["'\`]))?\\s(?:(?:was|were|is|has been|have been|got)\\s)?(?:(?:changed|updated|modified|rotated|replaced|reset|set|altered|switched)\\s)?from:?\\s)(${QUOTED}|[^\\s"'\`,;()]{3,200})(\\s(?:to|by|with):?\\s)(${QUOTED}|[^\\s"'\`,;()]{3,200})`,
  'giu',
);
const VERB = /\b(?:chang|updat|modif|rotat|replac|reset|set|alter|switch)\w{0,4}\b/i;
/** A value without quotes: `received x`, `but actual is x`; it looks random. */
const UNQUOTED =
  /(\b(?:rejected value|invalid value|actual value|value|got|received|actual|but was)(?::|=|\sis)?\s{1,2})((?=[^\s"'`,;()[\]{}<>]{0,60}\d)(?=[^\s"'`,;()[\]{}<>]{0,60}[A-Za-z])[^\s"'`,;()[\]{}<>]{6,200})(?=$|[\s,;)])/gi;
/** `secret rotated: old=x new=y`, `password changed (before: x, after: y)`. */
const LABELLED =
  /(?<![\p{L}\w.-])([\p{L}_$][\p{L}\w.$-]{1,60})(\s(?:was\s|has been\s)?(?:changed|updated|modified|rotated|replaced|reset|altered)\b[^\r\n"'`=]{0,40}?\b(?:old|previous|prev|before|from|was)(?: value)?\s?[:=]\s?)("[^"\r\n]{1,400}"|'[^'\r\n]{1,400}'|[^\s"'`,;()]{3,200})(,?\s{1,2}(?:new|current|after|to|now)(?: value)?\s?[:=]\s?)("[^"\r\n]{1,400}"|'[^'\r\n]{1,400}'|[^\s"'`,;()]{3,200})/giu;
/** A call that sets or checks a secret: `setSecret('name', 'x')`, `verifyPassword("x")`. */
const CALLED =
  /(?<![\w$])((?:[\w$]{1,40}\.){0,3}_?(?:set|with|use|update|save|store|put|add|change|reset|encrypt|hash|verify|check|validate|compare|match|decode|revoke|register)_?[A-Za-z_]{2,40}\(\s{0,4})((?:["'`][^"'`\r\n]{0,200}["'`],\s{0,4}){0,3})(["'`])([^"'`\s]{6,400})\3(?=\s{0,4}[,)])/g;
/** States and places, not values. */
const PLAIN =
  /^(?:["'`]?)(?:old|new|previous|null|undefined|none|empty|unset|active|inactive|revoked|valid|invalid|expired|enabled|disabled|weak|strong|required|optional|plain ?text|hash(?:ed)?|bcrypt|scrypt|argon2\w{0,2}|sha-?\d+|md5|pending|default|public|private)\b/i;
const MAY_STATE =
  /\(\s?["'`]|\b(?:old|previous|prev|before|was)\s?[:=]| is (?:not |an? (?:invalid|weak|wrong|bad|common|compromised|leaked) |too |invalid \()|\bfrom:?\s|(?:value|got|received|actual|but was)(?::|=|\sis)?\s{1,2}[^\s"'`]/;
const MAY_REPORT = /(?:value|got|received|actual|but was)(?::|=|\sis)?\s/i;
const STEPS = 100;
const STEPS_PER_VALUE = 3000;

/** Sentences that name a secret and quote its value, in either order. */
export function scrubStatedValues(text: string, keys: KeyRules, work: WorkMeter): string {
  if (!MAY_STATE.test(text)) return text;
  let out = work.read(text, STEPS);
  const isSecretName = (name: string): boolean => keys.of(name).rule !== undefined;
  if (out.includes('('))
    out = out.replace(IN_BRACKETS, (all: string, ...groups: string[]) => {
      const [name = '', gap = '', open = '', value = ''] = groups.slice(groups[0] === undefined ? 4 : 0);
      return isSecretName(lastOf(name)) && isValue(value) ? name + gap + open + filtered(value) : all;
    });
  if (out.includes(' is '))
    out = out.replace(VALUE_FIRST, (all: string, _value: string, name: string) =>
      isSecretName(name) &&
      isValue(all) &&
      !keys.of(name).descriptive?.test(all.slice(1, -1)) &&
      /[^A-Za-z_]/.test(all.slice(1, -1))
        ? filtered(all)
        : all,
    );
  if (/\bfrom:?\s/.test(out))
    out = out.replace(
      CHANGED,
      (all: string, name: string, gap: string, before: string, to: string, after: string, at: number) => {
        if (!isSecretName(lastOf(name)) || !(VERB.test(gap) || VERB.test(out.slice(Math.max(0, at - 30), at))))
          return all;
        return name + gap + changed(before) + to + changed(after);
      },
    );
  if (/\b(?:old|previous|prev|before|from|was)(?: value)?\s?[:=]/i.test(out))
    out = out.replace(
      LABELLED,
      (all: string, name: string, gap: string, before: string, between: string, after: string) =>
        isSecretName(lastOf(name)) ? name + gap + changed(before) + between + changed(after) : all,
    );
  out = out.replace(CALLED, (all: string, head: string, others: string, quote: string, value: string) =>
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    isValue(value) &&
    !TECHNICAL.test(value) &&
    isSecretName(lastOf(head.replace(/\(\s*$/, '')))
      ? `${head}${others}${quote}${FILTERED}${quote}`
      : all,
  );
  return MAY_REPORT.test(out) ? scrubUnquoted(out, keys, work) : out;
}

function scrubUnquoted(text: string, keys: KeyRules, work: WorkMeter): string {
  return text.replace(UNQUOTED, (all: string, head: string, value: string, at: number) => {
    work.charge(STEPS_PER_VALUE);
    return isValue(value) && !TECHNICAL.test(value) && isNamed(text, at, at + all.length, keys) ? head + FILTERED : all;
  });
}

function changed(value: string): string {
  const quoted = isQuoted(value);
  return isValue(value) && (quoted || (/\d/.test(value) && /[^\d.]/.test(value))) ? filtered(value) : value;
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
