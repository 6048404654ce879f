import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { BRACES, openBefore } from '../assignments/value-bounds.js';
import { scrubConflicts } from './reported-conflicts.js';
import { AROUND as AROUND_MEMBER } from './printed-pairs.js';

/**
 * What validators and drivers write before a value: joi, yup, superstruct, GraphQL, Spring, Elasticsearch, pydantic,
 * Mongoose, MySQL.
 */
const BEFORE_VALUE =
  /(\b(?:final value was|with value|rejected value|invalid (?:value|choice|\w{1,12} input)|invalid type: [a-z]{1,20}|invalid input syntax for (?:type )?[\w ]{1,30}|given|got|received|input_value|cast from the value|preview of field's value|truncated value|(?:failed for|incorrect \w{1,20}|truncated incorrect \w{1,20}|attempted|provided|actual|current|bad|wrong|submitted) value|for value|value was|but was|instead of|violates [\w ]{1,30}value|to equal|to be|to match|to contain|convert|parse|cast|coerce|decode|deserialize|found|actual|(?<=\()was|(?<!allowed )value(?!\\?["'`]\s{0,4}:)|(?<=["'] )argument)\s{0,2}[:=(]?\s{0,4})([`'"[(]{1,3})/gi;
/** The last characters of {@link BEFORE_VALUE}. */
const OPENING = /[`'"[(]/;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['(', ')'],
]);
/** Names near the value: quoted, in brackets, after a dot, or the word with which the message begins. */
const NAME =
  /["'`[(.$/]@?-{0,2}([\p{L}_][\p{L}\w-]{1,60})(?=["'`\])\s:.,]|$)|(?:^|[\r\n:;([]\s{0,4})(?:(?:expected|invalid|bad|wrong|incorrect)\s)?(?:the\s|value of\s)?([\p{L}_][\p{L}\w.[\]-]{1,80})(?=[\s:])/giu;
/** zod: `Expected 'password' | 'otp', received 'x'`: values that are allowed, not names. */
const CHOICES = /["'`][\w.-]{1,60}["'`](?: \| ["'`][\w.-]{1,60}["'`]){1,40}/g;
const MEMBER = '(?:field|column|key|path|property|attribute|argument|parameter|variable|option)';
const STATED = new RegExp(
  `\\b(?:(?:for|on|at|to|of|in)\\s{1,2}(?:the\\s)?(?:${MEMBER}\\s{1,2})?|${MEMBER}:?\\s{1,2}):?["'\`[(]?-{0,2}(?!${MEMBER}\\b)([\\p{L}_$][\\p{L}\\w.$[\\]\`-]{1,80})`,
  'giu',
);
/** A line about one variable, after another: `PORT: Invalid port input: "x"`. */
const VARIABLE_LINE = /^[ \t*•-]{0,8}([A-Z][A-Z\d]*(?:_[A-Z\d]+)*):[ ]/;
const AROUND = 160;
const SUPPLIED_LENGTH = 1000;
/** Steps to look for a name around a value. */
export const STEPS_PER_VALUE = 12_000;
/** io-ts: `supplied to : { name: string }/name: string`, the type and the path to the member that it refuses. */
const SUPPLIED = ' supplied to ';
const STEPS_PER_CHARACTER = 4;

/** Replaces the values that a database or a validator quotes in an error, if the column or the field is that of a secret. */
export function scrubReportedValues(text: string, keys: KeyRules, work: WorkMeter): string {
  return scrubQuotedValues(scrubConflicts(text, keys, work), keys, work);
}

function scrubQuotedValues(text: string, keys: KeyRules, work: WorkMeter): string {
  if (!OPENING.test(text)) return text;
  let out = '';
  let copied = 0;
  BEFORE_VALUE.lastIndex = 0;
  for (let found = BEFORE_VALUE.exec(text); found; found = BEFORE_VALUE.exec(text)) {
    const [all, , quotes = ''] = found;
    const start = found.index + all.length;
    const bracket = start - quotes.length + quotes.lastIndexOf('[');
    if (
      text.startsWith('[Filtered', bracket) ||
      closes(found[1] ?? '', quotes) ||
      isHarmlessMember(text, found.index, all, keys) ||
      isMember(text, found.index, all) ||
      isAttribute(text, found.index, all)
    )
      continue;
    const end = endOfValue(text, start, quotes);
    work.charge((end - start) * STEPS_PER_CHARACTER);
    const value = text.slice(start, end);
    if (
      !/[\p{L}\d]/u.test(value) ||
      value === 'NaN' ||
      isMarker(value) ||
      isPlaceholder(value) ||
      value.startsWith('[Filtered')
    )
      continue;
    work.charge(STEPS_PER_VALUE);
    if (!isNamed(text, found.index, end, keys)) continue;
    out += text.slice(copied, start) + FILTERED;
    copied = end;
    BEFORE_VALUE.lastIndex = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** `auth.parse` in quotes: what follows the word ends them. */
function closes(head: string, quotes: string): boolean {
  return /\w$/.test(head) && /^["'`]/.test(quotes);
}

/** YAML: `- name: PORT`, and `value: "3000"` on the next line. */
const NAME_ABOVE = /(?:^|[\r\n])[ \t]{0,40}(?:- )?name:[ \t]{1,4}["']?([\w.-]{1,100})["']?[ \t]{0,4}\r?\n[ \t]{1,40}$/;

function isHarmlessMember(text: string, at: number, all: string, keys: KeyRules): boolean {
  if (!/^value:/i.test(all)) return false;
  const name = NAME_ABOVE.exec(text.slice(Math.max(0, at - AROUND), at))?.[1];
  return name !== undefined && keys.of(name).rule === undefined;
}

/** A member of a printed object: {@link scrubPrintedPairs} judges it by the names beside it. */
function isMember(text: string, at: number, all: string): boolean {
  return (
    /^\w+\s{0,2}:/.test(all) &&
    /[{,]\s{0,20}(?:\\?["'])?$/.test(text.slice(Math.max(0, at - 24), at)) &&
    openBefore(text, at, BRACES, AROUND_MEMBER) !== -1
  );
}

/** `<add key="Stage" value="prod"/>`: the rules for XML judge it by its own element. */
function isAttribute(text: string, at: number, all: string): boolean {
  if (!/^\w+=/.test(all)) return false;
  const head = text.slice(Math.max(0, at - AROUND), at);
  return head.lastIndexOf('<') > head.lastIndexOf('>');
}

/** Before the same quotes in reverse; of a value that is not closed, the end of the line. */
function endOfValue(text: string, start: number, quotes: string): number {
  const last = quotes.charAt(quotes.length - 1);
  const close = CLOSING.get(last) ?? last;
  for (let at = start; at < text.length && at < start + 4000; at++) {
    const code = text.charAt(at);
    if (code === '\n') return at;
    if (code === '\\') at++;
    else if (code === close) return at;
  }
  return Math.min(text.length, start + 4000);
}

/** Whether a name in the same sentence is that of a secret. */
export function isNamed(text: string, before: number, after: number, keys: KeyRules): boolean {
  if (text.startsWith(SUPPLIED, after + 1)) {
    const member = lastMember(text.slice(after, after + SUPPLIED_LENGTH));
    if (member !== '') return keys.of(member).rule !== undefined;
  }
  const head = text.slice(Math.max(0, before - AROUND), before);
  const start = head.lastIndexOf('\n') + 1;
  const own = start > 0 ? VARIABLE_LINE.exec(head.slice(start))?.[1] : undefined;
  if (own !== undefined) return keys.of(own).rule !== undefined;
  const line = head.slice(Math.max(head.lastIndexOf('\n\n'), head.lastIndexOf('; ')) + 1);
  for (const found of line.replace(CHOICES, '').matchAll(NAME)) {
    const name = found[1] ?? found[2];
    if (name !== undefined && keys.of(name).rule !== undefined) return true;
  }
  const tail = text.slice(after, after + AROUND);
  const stop = tail.indexOf('\n');
  return statesSecret(line, keys) || statesSecret(stop === -1 ? tail : tail.slice(0, stop), keys);
}

/** The last name of a path in the first line. */
function lastMember(tail: string): string {
  const end = tail.indexOf('\n');
  const line = end === -1 ? tail : tail.slice(0, end);
  return /^\w{1,80}/.exec(line.slice(line.lastIndexOf('/') + 1))?.[0] ?? '';
}

function statesSecret(sentence: string, keys: KeyRules): boolean {
  for (const found of sentence.matchAll(STATED)) {
    const name = found[1]?.split(/[.`]/).findLast((part) => part !== '');
    if (name !== undefined && keys.of(name).rule !== undefined) return true;
  }
  return false;
}
