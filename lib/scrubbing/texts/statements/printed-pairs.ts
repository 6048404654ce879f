import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { isPaired, pairedNames } from '../../names/named-pairs.js';
import { skipInspectedHead } from '../assignments/inspected-values.js';
import { BRACES, closeAfter, endOfContainer, endOfQuoted, openBefore, quoteAt } from '../assignments/value-bounds.js';

/** A member of a printed object whose name another member may hold: `value: 'x'`, `"newValue":"x"`. */
const MEMBER =
  /(?<=[{,\s"'])(\w{0,24}[vV]alues?|Value|val|old|new|before|after|previous|prev|current|from|to|input|received|actual|got|original|data|lhs|rhs|instance|was|now|[cC]ode|hash|salt)(?:\\{0,3}["'])?\s{0,4}(?::|=>)\s{0,4}/g;
const MAY_HOLD =
  /(?:alues?|val|old|new|before|after|prev|previous|current|from|to|input|received|actual|got|original|data|lhs|rhs|instance|was|now|[cC]ode|hash|salt)(?:\\{0,3}["'])?\s{0,4}(?::|=>)|" ?\{/;
/** A block of HCL whose label names its value: `variable "db_password" { default = "x" }`. */
const BLOCK =
  /(\b(?:variable|output|locals?|parameter|secret)[ \t]{1,4}"([\w.-]{1,80})"[ \t]{0,4}\{[^{}]{0,1000}?\b(?:default|value)[ \t]{0,40}=[ \t]{0,4}")([^"\r\n]{1,400})(?=")/g;
/** Other members of the same object: names and texts, or the last text of a path. */
const NAMED =
  /(?:^|[{,\s"'])([A-Za-z_]\w{1,20})(?:\\{0,3}["'])?\s{0,4}(?::|=>)\s{0,4}(?:\[([^[\]]{1,200})\]|\\{0,3}(["'`])([^"'`\\\r\n]{1,200})\\{0,3}\3)/g;
const LAST_TEXT = /["'`]([^"'`\\]{1,100})\\{0,3}["'`][^"'`]{0,20}$/;
const BARE = /-?[\w.+/=-]{3,200}/y;
/** An object inside, which has its own names. */
const INNER = /\{[^{}]{0,800}\}/g;
/** `cookies: [ { name: 'sid', value: 'x' } ]` */
const COOKIES_BEFORE = /\bcookies\\{0,3}["']?\s{0,4}[:=]\s{0,4}\[[^[\]]{0,800}$/i;
/** How far around a value its object is read. */
export const AROUND = 800;
/** Steps to look for members, for each character; to judge one; and to read the names beside it, for each character. */
const STEPS_TO_FIND = 20;
const STEPS_PER_MEMBER = 1000;
const STEPS_TO_READ = 20;

/**
 * Objects printed into a text, by `util.inspect` or as JSON: removes values that a member beside them names, as in
 * `{ property: 'password', value: 'x' }`, and keeps those of `{ name: 'accept', value: '*' }`.
 */
export function scrubPrintedPairs(text: string, keys: KeyRules, work: WorkMeter): string {
  if (!text.includes('{') || !MAY_HOLD.test(text)) return text;
  work.charge(text.length * STEPS_TO_FIND);
  return scrubMembers(scrubBlocks(text, keys), keys, work);
}

function scrubBlocks(text: string, keys: KeyRules): string {
  return text.replace(BLOCK, (all: string, head: string, name: string, value: string) =>
    isSecret(value) && isSecretName(keys, name, value) ? head + FILTERED : all,
  );
}

function scrubMembers(text: string, keys: KeyRules, work: WorkMeter): string {
  let out = '';
  let copied = 0;
  MEMBER.lastIndex = 0;
  for (let found = MEMBER.exec(text); found; found = MEMBER.exec(text)) {
    work.charge(STEPS_PER_MEMBER);
    const bounds = valueAt(text, MEMBER.lastIndex);
    if (!bounds) continue;
    const { start, end } = bounds;
    work.charge(end - start);
    const key = found[1] ?? '';
    const value = text.slice(start, end);
    if (!isSecret(value) || !isPaired(key)) continue;
    const members = siblings(text, found.index, end, work);
    if (!members) continue;
    members[key] = value;
    const cookie =
      'httpOnly' in members || COOKIES_BEFORE.test(text.slice(Math.max(0, found.index - AROUND), found.index));
    if (!pairedNames(key, members).some((name) => isSecretName(keys, name, value, cookie))) continue;
    out += text.slice(copied, start) + FILTERED;
    copied = end;
    MEMBER.lastIndex = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function isSecretName(keys: KeyRules, name: string, value: string, cookie = false): boolean {
  const { rule, cookieRule, descriptive } = keys.of(name);
  return (cookie ? cookieRule : rule) !== undefined && descriptive?.test(value) !== true;
}

function valueAt(text: string, from: number): { start: number; end: number } | undefined {
  const spaced = skipInspectedHead(text, from);
  const quote = quoteAt(text, spaced);
  if (quote > 0) return { start: spaced + quote, end: endOfQuoted(text, spaced, spaced + quote) };
  const code = text.charCodeAt(spaced);
  if (code === 91) return { start: spaced, end: endOfContainer(text, spaced) };
  BARE.lastIndex = spaced;
  const bare = BARE.exec(text);
  return bare ? { start: spaced, end: spaced + bare[0].length } : undefined;
}

function isSecret(value: string): boolean {
  return !/^(?:null|undefined|true|false|\[\]|)$/.test(value) && !isMarker(value) && !isPlaceholder(value);
}

/** The other members of the object that holds this one; undefined if it is in none. */
function siblings(text: string, at: number, end: number, work: WorkMeter): Record<string, unknown> | undefined {
  const open = openBefore(text, at, BRACES, AROUND);
  if (open === -1) return undefined;
  const close = closeAfter(text, end, BRACES, AROUND);
  work.charge((at - open + close - end) * STEPS_TO_READ);
  const outside = `${text.slice(open, at)} ${text.slice(end, close)}`.replace(INNER, ' ').replace(INNER, ' ');
  const members = Object.create(null) as Record<string, unknown>;
  for (const [, name = '', list, , value] of outside.matchAll(NAMED)) {
    const named = list === undefined ? value : LAST_TEXT.exec(list)?.[1];
    if (named !== undefined) members[name] ??= named;
  }
  return members;
}
