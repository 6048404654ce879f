import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';

/** Between the cells of a row: `console.table` draws boxes, databases and Markdown use bars. */
const BAR = /[│|]/;
/** Lines between the head of a table and its rows. */
const RULE_CHARACTERS = new Set('-─━=+┼|│├┤:┬┴ \t\r');
/** What psql prints before the fields of a record, one in each line. */
const RECORD = /^-\[ RECORD \d+ \]/;
const VALUE_HEAD = /^values?$/i;
/** The first line of values that are separated by tabs, commas or semicolons: names and nothing else. */
const HEAD =
  /^["']?[A-Za-z_][\w.-]{0,60}["']?(?:([\t,;])["']?[A-Za-z_][\w .-]{0,60}["']?)(?:\1["']?[A-Za-z_][\w .-]{0,60}["']?){0,60}\r?$/;
const MAX_HEAD = 1000;
/** States, names and numbers, not secrets. */
const PLAIN = /^(?:[A-Za-z][a-z]*(?: [a-z]+)*|-?\d{1,3}|null|NULL|undefined|true|false|yes|no|-*)$/;

/** The columns of a table that hold secrets; in the last, a value whose row begins with its name. */
interface Columns {
  readonly separator: RegExp | string;
  readonly secret: readonly boolean[];
  readonly named: number;
}

/** Tables in a text: removes the cells of columns with the name of a secret, and values in rows that begin with one. */
export function scrubPrintedTables(text: string, keys: KeyRules): string {
  const first = text.indexOf('\n');
  if (first === -1) return text;
  const head = first < MAX_HEAD ? HEAD.exec(text.slice(0, first)) : null;
  if (!head && !BAR.test(text)) return text;
  const lines = text.split('\n');
  let columns = head?.[1] === undefined ? undefined : columnsOf(lines[0] ?? '', head[1], keys);
  let changed = false;
  for (const [at, line] of lines.entries()) {
    if (head && at === 0) continue;
    if (RECORD.test(line)) {
      columns = { separator: BAR, secret: [false, false], named: 1 };
    } else if (isRule(line)) {
      columns = columnsOf(lines[at - 1] ?? '', BAR, keys) ?? columns;
    } else if (columns) {
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

function columnsOf(line: string, separator: RegExp | string, keys: KeyRules): Columns | undefined {
  const head = line.split(separator).map(bareCell);
  if (head.length < 2 || !head.some((cell) => /\w/.test(cell))) return undefined;
  return {
    separator,
    secret: head.map((cell) => keys.of(cell).rule !== undefined && !keys.of(cell).counts),
    named: head.findIndex((cell, index) => index > 0 && VALUE_HEAD.test(cell)),
  };
}

/** The row without its secrets; undefined if it does not belong to the table. */
function cleanRow(line: string, { separator, secret, named }: Columns, keys: KeyRules): string | undefined {
  const cells = line.split(separator);
  if (cells.length !== secret.length) return undefined;
  const name =
    named > 0
      ? cells
          .slice(0, named)
          .map(bareCell)
          .findLast((cell) => cell !== '')
      : undefined;
  const isNamed = name !== undefined && keys.of(name).rule !== undefined;
  let out = '';
  let from = 0;
  for (const [at, cell] of cells.entries()) {
    const end = from + cell.length;
    const removes = (secret[at] === true || (isNamed && at === named)) && isSecret(cell);
    out += (removes ? filtered(cell) : cell) + line.slice(end, end + 1);
    from = end + 1;
  }
  return out;
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
  return bare !== '' && !isMarker(bare) && !isPlaceholder(bare) && (bare !== value || !PLAIN.test(bare));
}

function filtered(cell: string): string {
  return cell.replace(cell.trim(), () => FILTERED);
}
