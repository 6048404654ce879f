import { sqlTokens, type SqlDialect, type SqlToken } from './sql-tokens.js';

const COMPARISON = /^(?:=|<>|!=|<=>|<|>|<=|>=|\|\||like|ilike|in|and|between|regexp|rlike)$/i;
const OPERAND_ENDS = new Set([')', ']', '*']);
const QUERY = /^(?:select|with|table|values)$/i;

/**
 * Removes the values of a statement: literals and parameters become `?`, lists after `IN`, `VALUES` and `ARRAY` one `?`;
 * comments are dropped and white space is collapsed. Statements that differ in values only become equal. Linear and
 * idempotent.
 *
 * @param dialect defines the meaning of quotes and backslashes; without it, anything that could be a value is removed
 */
export function normalizeStatement(sql: string, dialect?: SqlDialect): string {
  return render(collapse(withoutSigns(withoutAmbiguousNames(sqlTokens(sql, dialect), dialect))));
}

/** In MySQL and SQLite a double-quoted string can be a value: where a value is possible, it is treated as one. */
function withoutAmbiguousNames(tokens: SqlToken[], dialect: SqlDialect | undefined): SqlToken[] {
  if (dialect === 'postgresql') return tokens;
  return tokens.map((token, index) => {
    if (token.kind !== 'name' || !token.text.startsWith('"') || tokens[index + 1]?.text === '.') return token;
    const before = tokens[index - 1];
    return before && COMPARISON.test(before.text) ? { ...token, kind: 'literal', text: '?' } : token;
  });
}

/** `-1` is a value like `1`: drops a sign without a left operand. */
function withoutSigns(tokens: SqlToken[]): SqlToken[] {
  const kept: SqlToken[] = [];
  for (const token of tokens) {
    for (let sign = kept.at(-1); token.text === '?' && (sign?.text === '-' || sign?.text === '+'); sign = kept.at(-1)) {
      if (endsOperand(kept.at(-2))) break;
      kept.pop();
      token.spaced ||= sign.spaced;
    }
    kept.push(token);
  }
  return kept;
}

function endsOperand(token: SqlToken | undefined): boolean {
  if (!token) return false;
  if (token.kind === 'punctuation') return OPERAND_ENDS.has(token.text);
  return (
    token.kind !== 'word' ||
    !/^(?:select|where|and|or|not|by|then|else|when|return|limit|offset|set|like|in|between|is|having|on|case)$/i.test(
      token.text,
    )
  );
}

function collapse(tokens: SqlToken[]): SqlToken[] {
  const kept: SqlToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as SqlToken;
    kept.push(token);
    const next = tokens[at + 1];
    if (token.kind !== 'word' || !next) continue;
    const keyword = token.text.toLowerCase();
    const list =
      (next.text === '(' && (keyword === 'values' || (keyword === 'in' && !QUERY.test(tokens[at + 2]?.text ?? '')))) ||
      (next.text === '[' && keyword === 'array');
    if (!list) continue;
    at = groupEnd(tokens, at + 1);
    while (keyword === 'values' && tokens[at + 1]?.text === ',' && tokens[at + 2]?.text === '(') {
      at = groupEnd(tokens, at + 2);
    }
    const closing = next.text === '(' ? ')' : ']';
    kept.push({ ...next, spaced: next.text === '(' }, literal(), { kind: 'punctuation', text: closing, spaced: false });
  }
  while (kept.at(-1)?.text === ';') kept.pop();
  return kept;
}

function literal(): SqlToken {
  return { kind: 'literal', text: '?', spaced: false };
}

/** The index of the bracket that closes the one at `at`, or the last index. */
function groupEnd(tokens: SqlToken[], at: number): number {
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    const { kind, text } = tokens[index] as SqlToken;
    if (kind !== 'punctuation') continue;
    if (text === '(' || text === '[') depth++;
    else if ((text === ')' || text === ']') && --depth === 0) return index;
  }
  return tokens.length - 1;
}

function render(tokens: SqlToken[]): string {
  let text = '';
  let previous = '';
  for (const token of tokens) {
    const tight = previous === '(' || token.text === ')' || token.text === ',' || token.text === ';';
    if (text !== '' && !tight && (token.spaced || previous === ',')) text += ' ';
    text += token.text;
    previous = token.text;
  }
  return text;
}
