import { FILTERED, isMarker } from '../../markers/marker.js';
import type { WorkMeter } from '../../limits/work-meter.js';
import type { KeyRules } from '../../names/key-rules.js';
import { scrubExecuted } from './executed-statements.js';
import { columnsOf, isStatement, type StatementColumns } from '../assignments/statement-columns.js';

/**
 * What precedes the parameters of a statement in a log: `-- PARAMETERS: […]` (TypeORM), `Params: […]` (Prisma, Drizzle),
 * `[parameters: (…)]` (SQLAlchemy), `DETAIL:  parameters: $1 = '…'` (PostgreSQL), `bindings: […]` (Knex).
 */
const LABEL =
  /(?:--\s{0,4}|[\r\n,;[{(]\s{0,12}|\s)["']?(?:parameters|params|bindings|binds?|values|args)["']?\s{0,4}[:=]\s{0,4}/gi;
/** Without a sign between them: `… VALUES ($1, $2) [ 'kim', 'x' ]`, `… with parameters ["kim","x"]`. */
const BARE =
  /(?<=[\s)?\d\w"';])\s{1,8}(?:(?:with|and|using)\s{1,4}(?:the\s)?(?:parameters|params|values|bindings|args|arguments|variables)\s{0,4}:?\s{0,4}|(?:--|=>|->|\|)\s{1,4})?(?=\[\s{0,8}(?:["'\d-]|null\b|true\b|false\b|undefined\b))/gi;
const PLACEHOLDER = /\?|\$\d|[:@][A-Za-z_]\w|%s/;
/** Sequelize writes them after the statement: `…; "kim", "x"`. */
const TRAILING =
  /;\s{1,4}(?=(?:"[^"\r\n]{0,400}"|-?\d[\d.]{0,20}|null|true|false)(?:, (?:"[^"\r\n]{0,400}"|-?\d[\d.]{0,20}|null|true|false)){0,200}$)/;
/** One value: quoted, or up to a comma; or `$1 = '…'` and `'name': '…'`. */
const VALUE =
  /(?:\$(\d{1,4})\s{0,2}=\s{0,2}|["']([\w.-]{1,60})["']\s{0,2}:\s{0,2}|@?([A-Za-z_]\w{0,60})\s{0,2}[:=]\s{0,2})?("(?:[^"\\\r\n]|\\.){0,4000}"?|'(?:[^'\\\r\n]|''|\\.){0,4000}'?|[^\s,"'[\]{}()\r\n][^,[\]{}()\r\n]{0,4000})/y;
const STATEMENT_START =
  /\b(?:select|insert|update|delete|merge|replace|upsert|with|call|exec|execute|alter|values)\b/gi;
/** Knex prints them before the statement: `bindings: [ 'x' ], sql: 'select …'`. */
const LABEL_BEFORE = /["']?\b(?:parameters|params|bindings|binds?|values|args)["']?\s{0,4}[:=]\s{0,4}(?=\[)/i;
const NAMED_STATEMENT =
  /["']?\b(?:sql|query|text|statement|commandtext)["']?\s{0,4}[:=]\s{0,4}["'`]$|CommandTimeout='\d{1,6}'\]\s{1,8}$/i;
const MAX_NAMING = 40;
/** `unnamed portal parameter $2 = 'x'`, `portal "c1" with parameters: $1 = 'x', $2 = 'y'`, `DETAIL:  Parameters: $1 = 'x'` */
const PORTAL =
  /((?:\bportal(?: "[^"\r\n]{1,64}")? (?:with )?|\bdetail: {1,3})parameters?:? )((?:,? ?\$\d{1,4} = (?:'(?:[^'\r\n]|''){0,4000}'?(?:\.\.\.)?|NULL)){1,200})/gi;
/** Hibernate: `binding parameter [2] as [VARCHAR] - [x]`, `binding parameter (2:VARCHAR) <- [x]`. */
const BOUND =
  /(\bbinding parameter (?:\[\d{1,4}\] as \[\w{1,30}\] -|\(\d{1,4}:\w{1,30}\) <-) \[)(?!null\]|-?\d{1,12}(?:\.\d{1,6})?\]|true\]|false\]|\[Filtered)[^\r\n]{1,4000}?(?=\](?:\s|$| for column))/g;
const NUMBERED = /\$\d{1,4} = '/;
const QUOTED = /'(?!\[Filtered)(?:[^']|'')+'?/g;
const STEPS = 40;
const MAX_MARKER = 80;
const LITERAL = /^(?:null|true|false|undefined|none)$/i;

/** Replaces the parameters that a log prints after a statement, except those of columns known to be harmless. */
export function scrubStatementLogs(text: string, keys: KeyRules, work: WorkMeter): string {
  STATEMENT_START.lastIndex = 0;
  const start = STATEMENT_START.exec(text)?.index;
  if (start === undefined) return scrubPortals(text);
  LABEL.lastIndex = start;
  const executed = scrubExecuted(text, keys, work);
  if (executed !== text) return executed;
  const label = LABEL.exec(text);
  const bare = label ?? (text.includes('[', start) ? bareList(text, start) : null);
  const trailing = bare ? null : TRAILING.exec(text.slice(start));
  if (!bare && !trailing) return scrubUnread(text, keys, work);
  work.charge((text.length - start) * STEPS);
  const head = bare ? bare.index : start + (trailing?.index ?? 0);
  const from = bare ? bare.index + bare[0].length : head + (trailing?.[0].length ?? 0);
  const statement = statementIn(text, start, head);
  if (statement === undefined) return scrubUnread(text, keys, work);
  return text.slice(0, from) + scrubList(text.slice(from), columnsOf(statement, work), keys);
}

/** What no statement explains. */
function scrubUnread(text: string, keys: KeyRules, work: WorkMeter): string {
  const clean = scrubBefore(text, keys, work);
  return NUMBERED.test(clean) ? scrubPortals(clean) : clean;
}

/** The parameters of a portal of PostgreSQL, which is logged without its statement. */
function scrubPortals(text: string): string {
  const bound = text.includes('binding parameter')
    ? text.replace(BOUND, (_all, head: string) => head + FILTERED)
    : text;
  return /portal|detail: {1,3}parameters/i.test(bound)
    ? bound.replace(PORTAL, (_all, head: string, list: string) => head + list.replace(QUOTED, `'${FILTERED}'`))
    : bound;
}

/** The list before a statement that is named. */
function scrubBefore(text: string, keys: KeyRules, work: WorkMeter): string {
  const label = LABEL_BEFORE.exec(text);
  if (!label) return text;
  const from = label.index + label[0].length;
  const start = namedStatement(text, from);
  if (start === -1) return text;
  work.charge(text.length * STEPS);
  const columns = columnsOf(text.slice(start), work);
  return text.slice(0, from) + scrubList(text.slice(from, start), columns, keys) + text.slice(start);
}

function namedStatement(text: string, from: number): number {
  STATEMENT_START.lastIndex = from;
  for (let tries = 0; tries < 8; tries++) {
    const found = STATEMENT_START.exec(text);
    if (!found) return -1;
    const { index } = found;
    if (NAMED_STATEMENT.test(text.slice(Math.max(0, index - MAX_NAMING), index)) && isStatement(text.slice(index)))
      return PLACEHOLDER.test(text.slice(index)) ? index : -1;
  }
  return -1;
}

/** A list after a statement with placeholders. */
function bareList(text: string, start: number): RegExpExecArray | null {
  BARE.lastIndex = start;
  const found = BARE.exec(text);
  return found && PLACEHOLDER.test(text.slice(start, found.index)) ? found : null;
}

/** From the first word that begins a statement. */
function statementIn(text: string, start: number, end: number): string | undefined {
  STATEMENT_START.lastIndex = start;
  for (let tries = 0; tries < 8; tries++) {
    const found = STATEMENT_START.exec(text);
    if (!found || found.index >= end) return undefined;
    const statement = text.slice(found.index, end);
    if (isStatement(statement)) return statement;
  }
  return undefined;
}

/** The length of the marker that begins here; 0 if there is none. */
function markerAt(text: string, at: number): number {
  const start = text.slice(at, at + MAX_MARKER);
  const length = start.indexOf(']') + 1;
  return length > 0 && isMarker(start.slice(0, length)) ? length : 0;
}

/** The values up to the bracket that closes the list, or to the end of the line. */
function scrubList(text: string, { at, named }: StatementColumns, keys: KeyRules): string {
  let out = '';
  let copied = 0;
  let position = 0;
  let depth = 0;
  const opened = /^[[({]/.test(text);
  for (let next = 0; next < text.length;) {
    const code = text.charAt(next);
    const marked = code === '[' ? markerAt(text, next) : 0;
    if (marked > 0) {
      next += marked;
      position++;
      continue;
    }
    if (/[[({]/.test(code)) depth++;
    else if (/[\])}]/.test(code) && --depth <= 0 && opened) break;
    else if ((code === '\n' || code === '\r') && !opened) break;
    VALUE.lastIndex = next;
    const found = /[\s,[\](){}]/.test(code) ? null : VALUE.exec(text);
    if (!found) {
      next++;
      continue;
    }
    const [all, number, quotedName, bareName, value = ''] = found;
    const name = quotedName ?? bareName;
    const column =
      name !== undefined ? (named.get(name) ?? name) : at[number === undefined ? position : Number(number) - 1];
    const end = next + all.length;
    const quote = /^["']/.test(value) ? value.charAt(0) : '';
    const bare = value.slice(quote.length, quote !== '' && value.endsWith(quote) ? -1 : undefined);
    if (
      bare !== '' &&
      !LITERAL.test(bare) &&
      !isMarker(bare) &&
      (column === undefined || keys.of(column).rule !== undefined)
    ) {
      out += `${text.slice(copied, end - value.length)}${quote}${FILTERED}${quote}`;
      copied = end;
    }
    position++;
    next = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}
