/** Rules for quotes, escapes and comments. Without a dialect, anything that could be a value is treated as one. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'mssql';

/** @param system - as OpenTelemetry names it */
export function dialectOf(system: string | undefined): SqlDialect | undefined {
  if (system === 'mariadb') return 'mysql';
  return system === 'postgresql' || system === 'mysql' || system === 'sqlite' || system === 'mssql'
    ? system
    : undefined;
}

export interface SqlToken {
  kind: 'word' | 'name' | 'literal' | 'punctuation';
  /** As written; `?` for a literal. */
  text: string;
  /** Whether white space or a comment precedes it. */
  spaced: boolean;
}

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const NUMBER = /(?:0x[0-9a-f]+|\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)\w*/iy;
const PARAMETER = /\?\d*|\$\d+|:[\p{L}_]\w*|@p?\d+/uy;
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const OPERATOR = /::|<=>|<>|<=|>=|!=|:=|\|\||->>|->|#>>|#>|#-|##|@>|<@|[\s\S]/y;
const STRING_PREFIX = /^(?:e|n|x|b|_\w+)$/i;
const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$ .-]{0,127}$/u;

/**
 * Splits a statement into tokens in one pass. Drops comments; literals and parameters become `?`; an unclosed literal
 * extends to the end. The values of literals are never returned.
 */
export function sqlTokens(sql: string, dialect?: SqlDialect): SqlToken[] {
  // Only MySQL quotes names with backticks; a backtick within a value says nothing about escapes, though.
  const textInDoubleQuotes = dialect === 'mysql' || (dialect === undefined && sql.includes('`'));
  const tokens: SqlToken[] = [];
  let at = 0;
  let spaced = false;
  const push = (kind: SqlToken['kind'], text: string, end: number): void => {
    tokens.push({ kind, text, spaced });
    spaced = false;
    at = end;
  };
  const match = (expression: RegExp): string | undefined => {
    expression.lastIndex = at;
    return expression.exec(sql)?.[0];
  };

  while (at < sql.length) {
    const char = sql.charAt(at);
    if (char.trim() === '') {
      spaced = true;
      at++;
      continue;
    }
    const comment = commentEnd(sql, at, dialect);
    if (comment !== undefined) {
      spaced = true;
      at = comment;
      continue;
    }
    if (char === "'" || (char === '"' && textInDoubleQuotes)) {
      const previous = tokens.at(-1);
      const prefixed = !spaced && previous?.kind === 'word' && STRING_PREFIX.test(previous.text);
      if (prefixed) spaced = tokens.pop()?.spaced ?? false;
      const escapes = dialect === 'mysql' || (prefixed && previous.text.toLowerCase() === 'e');
      push('literal', '?', stringEnd(sql, at, char, escapes ? true : dialect === undefined ? undefined : false));
      continue;
    }
    if (char === '"' || char === '`') {
      const end = stringEnd(sql, at, char, char === '"' && dialect === undefined ? undefined : false);
      const name = sql.slice(at + 1, end - 1);
      if (PLAIN_NAME.test(name)) push('name', sql.slice(at, end), end);
      else push('literal', '?', end);
      continue;
    }
    if (char === '[' && dialect === 'mssql') {
      const end = stringEnd(sql, at, ']', false);
      if (end - at > 2 && sql[end - 1] === ']') push('name', sql.slice(at, end), end);
      else push('literal', '?', end);
      continue;
    }
    const tag = char === '$' ? match(DOLLAR_TAG) : undefined;
    if (tag !== undefined) {
      const close = sql.indexOf(tag, at + tag.length);
      push('literal', '?', close === -1 ? sql.length : close + tag.length);
      continue;
    }
    const value = match(NUMBER) ?? (sql.startsWith('::', at) ? undefined : match(PARAMETER));
    if (value !== undefined) push('literal', '?', at + value.length);
    else {
      const word = match(WORD);
      if (word !== undefined) push('word', word, at + word.length);
      else {
        const operator = match(OPERATOR) ?? char;
        push('punctuation', operator, at + operator.length);
      }
    }
  }
  return tokens;
}

/** End index of the comment that starts here; undefined if none does. */
function commentEnd(sql: string, at: number, dialect: SqlDialect | undefined): number | undefined {
  if (sql.startsWith('--', at) || (dialect === 'mysql' && sql[at] === '#')) {
    const line = sql.indexOf('\n', at);
    return line === -1 ? sql.length : line + 1;
  }
  // Otherwise a lone # is an operator of PostgreSQL or a comment of MySQL: the rest is ambiguous.
  if (dialect === undefined && sql[at] === '#' && !'>-#'.includes(sql[at + 1] ?? ' ')) return sql.length;
  if (!sql.startsWith('/*', at)) return undefined;
  const nests = dialect === undefined || dialect === 'postgresql';
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  let depth = 0;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    if (mark[0] === '*/') depth--;
    else if (nests || depth === 0) depth++;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

/**
 * End index of the quoted string that starts here. `escapes` tells whether a backslash escapes; if undefined, a quote
 * after a backslash is ambiguous and the rest counts as string.
 */
function stringEnd(sql: string, at: number, quote: string, escapes: boolean | undefined): number {
  let end = at + 1;
  let backslashes = 0;
  for (; end < sql.length; end++) {
    const char = sql[end];
    if (char === '\\') {
      backslashes++;
      continue;
    }
    const odd = backslashes % 2 === 1;
    backslashes = 0;
    if (char !== quote) continue;
    if (odd && escapes === undefined) return sql.length;
    if (odd && escapes) continue;
    if (sql[end + 1] !== quote) return end + 1;
    end++; // a doubled quote is an escaped one
  }
  return sql.length;
}
