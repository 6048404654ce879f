import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { BRACES, openBefore } from '../assignments/value-bounds.js';
import { AROUND as AROUND_MEMBER } from './printed-pairs.js';

/** PostgreSQL: `Key (email, reset_token)=(kim, x) already exists.` */
const KEY_DETAIL =
  /\bKey \(((?:[^()]|\([^()]{0,80}\)){1,400})\)=\(([^\r\n]{0,4000}?)\)(?= (?:already exists|is not present|is still referenced|conflicts)|\.?(?:[\r\n"']|$))/g;
/** PostgreSQL: the values of a row whose columns are not named. */
const FAILING_ROW = /(\bFailing row contains \()([^\r\n]{1,4000}?)(\)\.?)(?=[\r\n"']|$)/g;
/** MSSQL: `The duplicate key value is (x).`, after the name of the index. */
const DUPLICATE_KEY = /(\bduplicate key value is \()([^()\r\n]{1,4000})(?=\))/gi;
/** MySQL: `Duplicate entry 'x' for key 'users.reset_token'`. */
const DUPLICATE_ENTRY =
  /(\bDuplicate entry ')((?:[^'\r\n]|'(?! for key ')){1,4000})(?=' for key ['"`]?([\w.$-]{0,120}))/gi;
/** MongoDB before 4.2 names the index, not the columns: `index: shop.users.$apiKey_1 dup key: { : "x" }`. */
const DUPLICATE_IN_INDEX = /(\bindex: ([\w.$-]{1,200}) dup key: \{ ?: ?")([^"\r\n]{1,4000})/g;
/**
 * What validators and drivers write before a value: joi, yup, superstruct, GraphQL, Spring, Elasticsearch, pydantic,
 * Mongoose, MySQL.
 */
const BEFORE_VALUE =
  /(\b(?:final value was|with value|rejected value|invalid (?:value|choice|\w{1,12} input)|invalid type: [a-z]{1,20}|given|got|received|input_value|cast from the value|preview of field's value|truncated value|(?:failed for|incorrect \w{1,20}|truncated incorrect \w{1,20}|attempted|provided|actual|current|bad|wrong|submitted) value|for value|value was|but was|instead of|violates [\w ]{1,30}value|to equal|to be|to match|to contain|convert|parse|cast|coerce|decode|deserialize|found|actual|(?<=\()was|value(?!\\?["'`]\s{0,4}:)|(?<=["'] )argument)\s{0,2}[:=(]?\s{0,4})([`'"[(]{1,3})/gi;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['(', ')'],
]);
/** Names near the value: quoted, in brackets, after a dot, or the word with which the message begins. */
const NAME =
  /["'`[(.$/]-{0,2}([\p{L}_][\p{L}\w-]{1,60})(?=["'`\])\s:.,]|$)|(?:^|[\r\n:;([]\s{0,4})(?:(?:expected|invalid|bad|wrong|incorrect)\s)?(?:the\s|value of\s)?([\p{L}_][\p{L}\w.[\]-]{1,80})(?=[\s:])/giu;
/** zod: `Expected 'password' | 'otp', received 'x'`: values that are allowed, not names. */
const CHOICES = /["'`][\w.-]{1,60}["'`](?: \| ["'`][\w.-]{1,60}["'`]){1,40}/g;
const MEMBER = '(?:field|column|key|path|property|attribute|argument|parameter|variable|option)';
const STATED = new RegExp(
  `\\b(?:(?:for|on|at|to|of|in)\\s{1,2}(?:the\\s)?(?:${MEMBER}\\s{1,2})?|${MEMBER}:?\\s{1,2}):?["'\`[(]?-{0,2}(?!${MEMBER}\\b)([\\p{L}_$][\\p{L}\\w.$[\\]\`-]{1,80})`,
  'giu',
);
/** A cheap test for what all forms but those of validators contain. */
const MAY_REPORT = /\)=\(|Failing row|duplicate (?:key value is|entry)| dup key: /i;
const AROUND = 160;
const SUPPLIED_LENGTH = 1000;
/** Steps to look for a name around a value. */
export const STEPS_PER_VALUE = 12_000;
/** io-ts: `supplied to : { name: string }/name: string`, the type and the path to the member that it refuses. */
const SUPPLIED = ' supplied to ';
/** A character that a form reads once; one that it reads, and gives back again. */
const STEPS_PER_LAZY_CHARACTER = 4;
const STEPS_PER_GREEDY_CHARACTER = 8;
/** Indexes whose name says nothing about their columns: TypeORM's `UQ_fe0bb3f6520ee0469504521e71`. */
const NAMELESS = /(?:^|[._])(?:primary|(?:uq|ux|idx|ix|pk|uk|unique|index)?_?[0-9a-f]{12,})$/i;

/** Replaces the values that a database or a validator quotes in an error, if the column or the field is that of a secret. */
export function scrubReportedValues(text: string, keys: KeyRules, work: WorkMeter): string {
  return scrubQuotedValues(MAY_REPORT.test(text) ? scrubConflicts(text, keys, work) : text, keys, work);
}

/** What a database says about a row that it refuses. */
function scrubConflicts(text: string, keys: KeyRules, work: WorkMeter): string {
  let out = text;
  if (work.chargeForms(text, ')=(', 4000, STEPS_PER_LAZY_CHARACTER))
    out = out.replace(KEY_DETAIL, (all: string, names: string, values: string) => keyDetail(all, names, values, keys));
  if (work.chargeForms(text, 'Failing row', 4000, STEPS_PER_LAZY_CHARACTER))
    out = out.replace(
      FAILING_ROW,
      (_all, head: string, row: string, tail: string) => head + row.split(', ').map(unknownValue).join(', ') + tail,
    );
  const folded = /duplicate (?:key value is|entry)/i.test(text) ? text.toLowerCase() : '';
  if (work.chargeForms(folded, 'duplicate key value is', 4000, STEPS_PER_GREEDY_CHARACTER))
    out = scrubDuplicateKey(out, keys);
  if (work.chargeForms(folded, 'duplicate entry', 4000, STEPS_PER_GREEDY_CHARACTER)) {
    out = out.replace(DUPLICATE_ENTRY, (all: string, head: string, value: string, index: string) =>
      isMarker(value) || isHarmless(index, value, keys) ? all : head + FILTERED,
    );
  }
  if (work.chargeForms(text, ' dup key: ', 4000, STEPS_PER_LAZY_CHARACTER)) {
    out = out.replace(DUPLICATE_IN_INDEX, (all: string, head: string, index: string, value: string) =>
      isMarker(value) || isHarmless(index, value, keys) ? all : head + FILTERED,
    );
  }
  return out;
}

function keyDetail(all: string, names: string, values: string, keys: KeyRules): string {
  const columns = names.split(', ');
  const secret = columns.map((column) => keys.of(column.replace(/::.*$/, '')).rule !== undefined);
  if (!secret.includes(true)) return all;
  const parts = values.split(', ');
  const clean =
    parts.length === columns.length ? parts.map((part, at) => (secret[at] ? FILTERED : part)).join(', ') : FILTERED;
  return clean === values ? all : `Key (${names})=(${clean})`;
}

/** Numbers and empty values reveal nothing about an unknown column. */
function unknownValue(value: string): string {
  return /^(?:null|t|f|true|false|-?\d{1,12}(?:\.\d+)?|\d{4}-\d\d-\d\d[\d :.+-]*|)$/.test(value) || isMarker(value)
    ? value
    : FILTERED;
}

function scrubDuplicateKey(text: string, keys: KeyRules): string {
  return text.replace(DUPLICATE_KEY, (all: string, head: string, values: string, at: number) => {
    const index =
      /(?:index|constraint) ['"`]([\w.$-]{1,120})['"`][^'"`]{0,80}(?:['"`][\w.$-]{1,120}['"`][^'"`]{0,20})?$/i.exec(
        text.slice(Math.max(0, at - 400), at),
      )?.[1] ?? '';
    const clean = values
      .split(', ')
      .map((value) => (isMarker(value) || isHarmless(index, value, keys) ? value : FILTERED))
      .join(', ');
    return clean === values ? all : head + clean;
  });
}

function isHarmless(index: string, value: string, keys: KeyRules): boolean {
  if (/^-?\d{1,12}$/.test(value)) return keys.of(index).rule === undefined;
  return !NAMELESS.test(index) && index !== '' && keys.of(index).rule === undefined;
}

function scrubQuotedValues(text: string, keys: KeyRules, work: WorkMeter): string {
  let out = '';
  let copied = 0;
  BEFORE_VALUE.lastIndex = 0;
  for (let found = BEFORE_VALUE.exec(text); found; found = BEFORE_VALUE.exec(text)) {
    const [all, , quotes = ''] = found;
    const start = found.index + all.length;
    const bracket = start - quotes.length + quotes.lastIndexOf('[');
    if (
      text.startsWith('[Filtered', bracket) ||
      isMember(text, found.index, all) ||
      isAttribute(text, found.index, all)
    )
      continue;
    const end = endOfValue(text, start, quotes);
    work.charge((end - start) * STEPS_PER_LAZY_CHARACTER);
    const value = text.slice(start, end);
    if (value === '' || isMarker(value) || isPlaceholder(value) || value.startsWith('[Filtered')) continue;
    work.charge(STEPS_PER_VALUE);
    if (!isNamed(text, found.index, end, keys)) continue;
    out += text.slice(copied, start) + FILTERED;
    copied = end;
    BEFORE_VALUE.lastIndex = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
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
