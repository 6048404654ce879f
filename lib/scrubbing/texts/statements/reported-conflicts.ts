import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED, isMarker } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';

/** PostgreSQL: `Key (email, reset_token)=(kim, x) already exists.` */
const KEY_DETAIL =
  /\bKey \(((?:[^()]|\([^()]{0,80}\)){1,400})\)=\(([^\r\n]{0,4000}?)\)(?= (?:already exists|is not present|is still referenced|conflicts)|\.?(?:[\r\n"']|$))/g;
/** PostgreSQL: before the values of a row whose columns are not named, and what ends them. */
const FAILING_ROW = 'Failing row contains (';
const END_OF_ROW = /\)(?=\.?(?:[\r\n"']|$))|[\r\n]/g;
/** MSSQL: `The duplicate key value is (x).`, after the name of the index. */
const DUPLICATE_KEY = /(\bduplicate key value is \()([^()\r\n]{1,4000})(?=\))/gi;
/** MySQL: `Duplicate entry 'x' for key 'users.reset_token'`. */
const DUPLICATE_ENTRY =
  /(\bDuplicate entry ')((?:[^'\r\n]|'(?! for key ')){1,4000})(?=' for key ['"`]?([\w.$-]{0,120}))/gi;
/** MongoDB before 4.2 names the index, not the columns: `index: shop.users.$apiKey_1 dup key: { : "x" }`. */
const DUPLICATE_IN_INDEX = /(\bindex: ([\w.$-]{1,200}) dup key: \{ ?: ?")([^"\r\n]{1,4000})/g;
/** A cheap test for what all forms but those of validators contain. */
const MAY_REPORT = /\)=\(|Failing row|duplicate (?:key value is|entry)| dup key: /i;
/** A character that a form reads once; one that it reads, and gives back again. */
const STEPS_PER_LAZY_CHARACTER = 4;
const STEPS_PER_GREEDY_CHARACTER = 8;
/** Indexes whose name says nothing about their columns: TypeORM's `UQ_fe0bb3f6520ee0469504521e71`. */
const NAMELESS = /(?:^|[._])(?:primary|(?:uq|ux|idx|ix|pk|uk|unique|index)?_?[0-9a-f]{12,})$/i;

/** What a database says about a row that it refuses. */
export function scrubConflicts(text: string, keys: KeyRules, work: WorkMeter): string {
  if (!MAY_REPORT.test(text)) return text;
  let out = text;
  if (work.chargeForms(text, ')=(', 4000, STEPS_PER_LAZY_CHARACTER))
    out = out.replace(KEY_DETAIL, (all: string, names: string, values: string) => keyDetail(all, names, values, keys));
  if (out.includes(FAILING_ROW)) out = scrubFailingRows(work.read(out, STEPS_PER_LAZY_CHARACTER));
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

/** Looks for each end only once, however many rows begin before it. */
function scrubFailingRows(text: string): string {
  let out = '';
  let copied = 0;
  let end = -1;
  for (let at = text.indexOf(FAILING_ROW); at !== -1; at = text.indexOf(FAILING_ROW, at + FAILING_ROW.length)) {
    const start = at + FAILING_ROW.length;
    if (end <= start) end = endOfRow(text, start);
    if (end === -1) break;
    if (text.charAt(end) !== ')' || (at > 0 && /\w/.test(text.charAt(at - 1)))) continue;
    const row = text.slice(start, end);
    out += text.slice(copied, start) + row.split(', ').map(unknownValue).join(', ');
    copied = end;
    at = end - FAILING_ROW.length;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** -1 if there is none. A row has one value at least. */
function endOfRow(text: string, start: number): number {
  const first = text.charAt(start);
  END_OF_ROW.lastIndex = first === '\r' || first === '\n' ? start : start + 1;
  return END_OF_ROW.exec(text)?.index ?? -1;
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
  if (/^-?\d{1,12}(?:-\d{1,12}){0,4}$/.test(value)) return keys.of(index).rule === undefined;
  return !NAMELESS.test(index) && index !== '' && keys.of(index).rule === undefined;
}
