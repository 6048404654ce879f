import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { mixes } from './mixed-values.js';

/** Between the cells of a row: `console.table` draws boxes, databases and Markdown use bars. */
const BARS = '│|';
const BAR = /[│|]/;
const ROW =
  /((?:^|[\r\n])[ \t]{0,8}(?:[│|][ \t]{0,8})?["'`]?)([A-Za-z_][\w.-]{1,60})(["'`]?[ \t]{1,40}[│|][ \t]{1,40}["'`]?)([^\s"'`│|()]{6,400})(?=["'`]?[ \t]{0,40}(?:[│|\r\n]|$))/g;
/** Lines between the head of a table and its rows. */
const RULE_CHARACTERS = new Set('-─━=+┼|│├┤:┬┴ \t\r');
/** What psql prints before the fields of a record, one in each line. */
const RECORD = /^-\[ RECORD \d+ \]/;
const VALUE_HEAD = /^values?$/i;
/** The first line of values that are separated by tabs, commas or semicolons: names and nothing else. */
const HEAD =
  /^["']?[A-Za-z_][\w.-]{0,60}["']?(?:([\t,;])["']?[A-Za-z_][\w .-]{0,60}["']?)(?:\1["']?[A-Za-z_][\w .-]{0,60}["']?){0,60}\r?$/;
const MAX_HEAD = 1000;
/** Steps to split the text, for each character, and to read a row of a table. */
const STEPS = 8;
const STEPS_PER_ROW = 1000;
const MAX_WORDS = 4;
/** Words, links and signs of a manual. */
const REMARK = /^(?:\(?[\p{L}'’,]+(?: \(?[\p{L}'’,.)]+){2,60}|\[`?[^\]]{1,80}`?\]\([^()]{1,300}\)|[^\p{L}\d]{1,8})$/u;
/** States, names and numbers, not secrets. */
const PLAIN = /^(?:[A-Za-z][a-z]*(?: [a-z]+)*|-?\d{1,3}|null|NULL|undefined|true|false|yes|no|-*)$/;

/** Which columns of a table hold secrets. */
interface Columns {
  readonly separators: string;
  readonly secret: readonly boolean[];
  /** Holds values whose row begins with their name; 0 if there is none. */
  readonly values: number;
}

/** Rows without a head: `| password | x |`. */
export function scrubRows(text: string, keys: KeyRules): string {
  return text.replace(ROW, (all: string, head: string, name: string, gap: string, value: string) => {
    const { rule, counts, descriptive } = keys.of(name);
    return rule !== undefined && !counts && mixes(value) && descriptive?.test(value) !== true && isSecret(value)
      ? head + name + gap + FILTERED
      : all;
  });
}

/** Tables in a text: removes the cells of columns with the name of a secret, and values in rows that begin with one. */
export function scrubPrintedTables(text: string, keys: KeyRules, work: WorkMeter): string {
  const first = text.indexOf('\n');
  if (first === -1) return text;
  const head = first < MAX_HEAD ? HEAD.exec(text.slice(0, first))?.[1] : undefined;
  if (head === undefined && !BAR.test(text)) return text;
  const lines = work.read(text, STEPS).split('\n');
  let columns = head === undefined ? undefined : columnsOf(lines[0] ?? '', head, keys);
  let changed = false;
  for (let at = head === undefined ? 0 : 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (RECORD.test(line)) columns = { separators: BARS, secret: [false, false], values: 1 };
    else if (isRule(line)) columns = columnsOf(lines[at - 1] ?? '', BARS, keys) ?? columns;
    else if (columns) {
      work.charge(STEPS_PER_ROW);
      const clean = cleanRow(line, columns, keys);
      if (clean === undefined) columns = undefined;
      else if (clean !== line) {
        lines[at] = clean;
        changed = true;
      }
    }
  }
  return changed ? lines.join('\n') : text;
}

/** The columns that the head of a table names; undefined if none of them may hold a secret. */
function columnsOf(line: string, separators: string, keys: KeyRules): Columns | undefined {
  const head = cellsOf(line, separators).map(([from, to]) => bareCell(line.slice(from, to)));
  const secret = head.map((cell) => isName(cell) && keys.of(cell).rule !== undefined && !keys.of(cell).counts);
  const values = Math.max(
    0,
    head.findIndex((cell, index) => index > 0 && VALUE_HEAD.test(cell)),
  );
  return head.length > 1 && (values > 0 || secret.includes(true)) ? { separators, secret, values } : undefined;
}

/** Not a remark such as `✅ (only without secret)`, nor a link. */
function isName(cell: string): boolean {
  return !/[()✅❌]|\]\(/u.test(cell) && cell.split(' ').length <= MAX_WORDS;
}

/** The row without its secrets; undefined if it does not belong to the table. */
function cleanRow(line: string, { separators, secret, values }: Columns, keys: KeyRules): string | undefined {
  const cells = cellsOf(line, separators);
  if (cells.length !== secret.length) return undefined;
  let out = '';
  let copied = 0;
  for (const [at, [from, to]] of cells.entries()) {
    if (secret[at] !== true && !(at === values && values > 0 && isNamed(line, cells, values, keys))) continue;
    const cell = line.slice(from, to);
    if (!isSecret(cell)) continue;
    out += line.slice(copied, from) + cell.replace(cell.trim(), () => FILTERED);
    copied = to;
  }
  return copied === 0 ? line : out + line.slice(copied);
}

/** Whether the cell before the values is the name of a secret. */
function isNamed(line: string, cells: readonly Cell[], values: number, keys: KeyRules): boolean {
  const [from, to] = cells[values - 1] as Cell;
  return keys.of(bareCell(line.slice(from, to))).rule !== undefined;
}

type Cell = readonly [from: number, to: number];

function cellsOf(line: string, separators: string): Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  for (let at = 0; at <= line.length; at++) {
    if (at < line.length && !separators.includes(line.charAt(at))) continue;
    cells.push([from, at]);
    from = at + 1;
  }
  return cells;
}

function isRule(line: string): boolean {
  let marks = 0;
  for (const character of line) {
    if (!RULE_CHARACTERS.has(character)) return false;
    if (character !== ' ') marks++;
  }
  return marks >= 3;
}

function bareCell(cell: string): string {
  return cell.trim().replace(/^(["'`])(.*)\1$/, '$2');
}

function isSecret(cell: string): boolean {
  const value = cell.trim();
  const bare = bareCell(cell);
  return (
    bare !== '' &&
    !isMarker(bare) &&
    !isPlaceholder(bare) &&
    (bare !== value || !PLAIN.test(bare)) &&
    !REMARK.test(value)
  );
}
