import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED, isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';

/** The line below the head of a table whose columns are aligned by spaces: of Vault, PowerShell, sqlcmd, SQL*Plus. */
const MAY_ALIGN = /\n[ \t]{0,4}-{2,60} {1,60}-{2}/;
const RULE = /^[ \t]{0,4}-{2,200}(?: {1,60}-{2,200}){1,40}[ \t\r]*$/;
const DASHES = /-+/g;
/** Steps to split the text, for each character; to judge the head of a column, and to read a row. */
const STEPS = 8;
const STEPS_PER_COLUMN = 1000;
const STEPS_PER_ROW = 2000;
const VALUE_HEAD = /^values?$/i;
/** States, names and numbers. */
const PLAIN = /^(?:[A-Za-z][a-z]*|-?\d{1,3}|n\/a|<[\w ]+>|null|true|false|yes|no|-*)$/i;

/** Where a column begins and ends; the last one runs to the end of the line. */
type Column = readonly [from: number, to: number];

/** Tables without signs between their columns: the cells below the name of a secret, and after one in a list of values. */
export function scrubAlignedTables(text: string, keys: KeyRules, work: WorkMeter): string {
  if (!MAY_ALIGN.test(text)) return text;
  const lines = work.read(text, STEPS).split('\n');
  let changed = false;
  for (let at = 1; at < lines.length; at++) {
    if (!RULE.test(lines[at] ?? '')) continue;
    const columns = columnsOf(lines[at] ?? '');
    work.charge(columns.length * STEPS_PER_COLUMN);
    const head = columns.map((column) => cell(lines[at - 1] ?? '', column));
    const secret = head.map((name) => name !== '' && !name.includes(' ') && keys.of(name).rule !== undefined);
    const values = head.findIndex((name, index) => index > 0 && VALUE_HEAD.test(name));
    if (values === -1 && !secret.includes(true)) continue;
    for (at++; at < lines.length && (lines[at] ?? '').trim() !== ''; at++) {
      const line = lines[at] ?? '';
      work.charge(STEPS_PER_ROW);
      const named = values > 0 && keys.of(cell(line, columns[values - 1])).rule !== undefined;
      const clean = cleanRow(line, columns, (index) => secret[index] === true || (named && index === values));
      if (clean === line) continue;
      lines[at] = clean;
      changed = true;
    }
  }
  return changed ? lines.join('\n') : text;
}

function columnsOf(rule: string): Column[] {
  const starts = Array.from(rule.matchAll(DASHES), ({ index }) => index);
  return starts.map((start, at) => [start, starts[at + 1] ?? Infinity]);
}

function cell(line: string, [from, to]: Column = [0, 0]): string {
  return line.slice(from, to).trim();
}

function cleanRow(line: string, columns: readonly Column[], isSecret: (index: number) => boolean): string {
  let out = '';
  let copied = 0;
  for (const [index, column] of columns.entries()) {
    const value = isSecret(index) ? cell(line, column) : '';
    if (value === '' || PLAIN.test(value) || isMarker(value) || isPlaceholder(value)) continue;
    const start = line.indexOf(value, column[0]);
    out += line.slice(copied, start) + FILTERED;
    copied = start + value.length;
  }
  return copied === 0 ? line : out + line.slice(copied);
}
