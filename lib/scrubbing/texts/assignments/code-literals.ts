/** Literals in an expression that is the value of a secret: `process.env.S ?? 'x'`, `hash('x')`, `() => 'x'`. */

const MAX_EXPRESSION = 240;
const LITERAL = /(["'`])([^"'`\s\\{}$]{6,120})\1(?!\s{0,2}(?:\]|\?[^?]|===?))/g;
/** An operator, a bracket or a comma before it. */
const HOLDS = /(?:\?\?|\|\||[?:(,]|=>|\bor|\band|\bon|\belse|\breturn|[^=!<>]=)\s{0,2}$/;
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])/;
/** Names of variables, options, algorithms, types and paths. */
const NAME =
  /^(?:[A-Z][A-Z\d]*(?:_[A-Z\d]+)*|[a-z]+\d?(?:[-_.:][a-z]+\d?)*|[A-Za-z]{2,8}[-_]?\d{1,4}(?:[-_][A-Za-z\d]{2,8})*|[./~@].*|\w{2,8}:\/\/.*|[\w.-]+\/[\w.*+/-]+|\d{1,4}[A-Za-z]{1,6})$/;

/** The literals that look random, from here to the end of the line or of the statement; an object inside has its own names. */
export function literalsIn(text: string, from: number): { start: number; end: number }[] {
  const expression = /^[^\r\n;{]*/.exec(text.slice(from, from + MAX_EXPRESSION))?.[0] ?? '';
  const found: { start: number; end: number }[] = [];
  if (!/["'`]/.test(expression)) return found;
  for (const match of expression.matchAll(LITERAL)) {
    const value = match[2] ?? '';
    if (
      !RANDOM.test(value) ||
      NAME.test(value) ||
      !HOLDS.test(expression.slice(Math.max(0, match.index - 12), match.index))
    )
      continue;
    const start = from + match.index + 1;
    found.push({ start, end: start + value.length });
  }
  return found;
}
