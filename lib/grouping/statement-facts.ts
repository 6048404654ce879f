import { sqlTokens, type SqlDialect, type SqlToken } from './sql-tokens.js';

/** Operation and table of a statement. */
export interface StatementFacts {
  /** In upper case: `SELECT`, `INSERT`, `CREATE TABLE`, `BEGIN`. */
  operation: string | undefined;
  /** Without quotes and schema; the first one of a join; undefined if there is none. */
  table: string | undefined;
}

const MAIN = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'VALUES']);
const DEFINES = new Set(['CREATE', 'ALTER', 'DROP']);
const OBJECTS = new Set(['TABLE', 'INDEX', 'VIEW', 'SEQUENCE', 'SCHEMA', 'TYPE', 'FUNCTION', 'DATABASE', 'TRIGGER']);
const BEFORE_TABLE = new Set(['INTO', 'UPDATE', 'FROM', 'TABLE', 'TRUNCATE', 'COPY', 'JOIN']);
const SKIPPED = new Set([
  'ONLY',
  'IGNORE',
  'LOW_PRIORITY',
  'IF',
  'NOT',
  'EXISTS',
  'OR',
  'REPLACE',
  'ABORT',
  'FAIL',
  'ROLLBACK',
  'LATERAL',
  'TABLE',
  'INTO',
]);

/** Reads operation and first table of a statement; both undefined if it contains no word. */
export function statementFacts(sql: string, dialect?: SqlDialect): StatementFacts {
  const tokens = sqlTokens(sql, dialect);
  const start = mainKeyword(tokens);
  const first = tokens[start];
  if (!first) return { operation: undefined, table: undefined };
  let operation = first.text.toUpperCase();
  if (DEFINES.has(operation)) {
    const object = tokens.slice(start + 1, start + 6).find((token) => OBJECTS.has(token.text.toUpperCase()));
    if (object) operation += ` ${object.text.toUpperCase()}`;
  }
  return { operation, table: tableAfter(tokens, start, true) ?? tableAfter(tokens, start, false) };
}

/** Index of the first word; after `WITH …` and `EXPLAIN`, of the main keyword. */
function mainKeyword(tokens: SqlToken[]): number {
  const first = tokens.findIndex((token) => token.kind === 'word');
  if (first === -1 || !/^(?:with|explain)$/i.test(tokens[first]?.text ?? '')) return first;
  let depth = 0;
  for (let index = first + 1; index < tokens.length; index++) {
    const { kind, text } = tokens[index] as SqlToken;
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (depth === 0 && kind === 'word' && MAIN.has(text.toUpperCase())) return index;
  }
  return first;
}

/** `outer` skips anything in brackets, such as the `FROM` of `EXTRACT(YEAR FROM day)`. */
function tableAfter(tokens: SqlToken[], start: number, outer: boolean): string | undefined {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const { kind, text } = tokens[index] as SqlToken;
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (kind === 'word' && (!outer || depth <= 0) && BEFORE_TABLE.has(text.toUpperCase())) {
      const table = nameAt(tokens, index + 1);
      if (table !== undefined) return table;
    }
  }
  return undefined;
}

function nameAt(tokens: SqlToken[], start: number): string | undefined {
  let index = start;
  while (tokens[index]?.kind === 'word' && SKIPPED.has(tokens[index]?.text.toUpperCase() ?? '')) index++;
  let name: string | undefined;
  for (; index < tokens.length; index += 2) {
    const token = tokens[index];
    if (token?.kind !== 'word' && token?.kind !== 'name') break;
    name = token.kind === 'name' ? token.text.slice(1, -1) : token.text;
    if (tokens[index + 1]?.text !== '.') break;
  }
  return name;
}
