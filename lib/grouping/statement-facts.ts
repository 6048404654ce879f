import { sqlTokens, type SqlDialect, type SqlToken } from './sql-tokens.js';

/** What a statement does, and to which table. */
export interface StatementFacts {
  /** In upper case: `SELECT`, `INSERT`, `CREATE TABLE`, `BEGIN`. */
  operation: string | undefined;
  /** Without quotes and schema; of a join the first one; undefined where none is named. */
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

/** Reads operation and first table from the statement; both undefined where it holds no word. */
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

/** The first word, or behind `WITH …` and `EXPLAIN` the first one that says what is done. */
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

/** `outer` leaves out what stands in brackets, such as the `FROM` of `EXTRACT(YEAR FROM day)`. */
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
