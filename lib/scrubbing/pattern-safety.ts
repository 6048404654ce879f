import { ConfigurationError } from '../options/configuration-error.js';

/** Longest text that a pattern is tried on; each is twice as long as the one before. */
const LONGEST_PROBE = 8_192;
/** A linear pattern takes far below a millisecond for the longest; a quadratic one several times this. */
const SUSPECT_MILLISECONDS = 8;

/**
 * Accepts a regular expression that runs in linear time. It is refused where it
 *
 * - has a back reference, or a repetition without an upper bound inside another one: `(a+)+`, `(\w+\s?)*`;
 * - matches the empty text;
 * - takes more than proportionally longer on longer texts made of its own characters: `\d+\d+x`, but also `\d+x`, which
 *   starts anew at every digit of a long number. An upper bound mends it: `\d{1,20}x`.
 *
 * @throws ConfigurationError - also where it is no regular expression
 */
export function checkPattern(value: unknown, path: string): void {
  if (!(value instanceof RegExp)) {
    throw new ConfigurationError({
      path,
      received: value,
      expected: 'a regular expression',
      fix: 'write it between slashes: /…/',
    });
  }
  const problem = problemOf(value);
  if (!problem) return;
  throw new ConfigurationError({
    path,
    received: value,
    expected: 'a regular expression that takes linear time and matches no empty text',
    fix: `${problem}; give repetitions an upper bound, such as {1,64}, and begin with fixed characters`,
  });
}

function problemOf(pattern: RegExp): string | undefined {
  const { source } = pattern;
  if (new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test('')) return 'it matches the empty text';
  if (/\\[1-9]|\\k</.test(source.replace(/\\\\/g, ''))) return 'it has a back reference';
  if (hasNestedRepetition(source)) return 'it repeats a repetition';
  return isSlow(pattern) ? 'it takes more than proportionally longer on longer texts' : undefined;
}

/** A group repeated without bound that holds a repetition without bound. */
function hasNestedRepetition(source: string): boolean {
  const groups: boolean[] = [false];
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at);
    if (sign === '\\') at++;
    else if (sign === '[') at = endOfClass(source, at);
    else if (sign === '(') groups.push(false);
    else if (sign === ')') {
      const inner = groups.pop() ?? false;
      const repeated = isUnbounded(source, at + 1);
      if (inner && repeated) return true;
      groups[groups.length - 1] = (groups[groups.length - 1] ?? false) || inner || repeated;
    } else if (isUnbounded(source, at) && at > 0 && source.charAt(at - 1) !== '(') groups[groups.length - 1] = true;
  }
  return false;
}

function isUnbounded(source: string, at: number): boolean {
  const sign = source.charAt(at);
  return sign === '*' || sign === '+' || (sign === '{' && /^\{\d+,(?:\}|\d{4,}\})/.test(source.slice(at, at + 16)));
}

function endOfClass(source: string, open: number): number {
  let at = open + 1;
  while (at < source.length && source.charAt(at) !== ']') at += source.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** Tries it on texts that repeat its own characters, alone and in pairs, with an end that does not fit. */
function isSlow(pattern: RegExp): boolean {
  const fresh = new RegExp(pattern.source, `${pattern.flags.replace(/[gyd]/g, '')}g`);
  const letters = lettersOf(pattern);
  const probes = letters.flatMap((one) => [
    one,
    ...letters.filter((other) => other !== one).map((other) => one + other),
  ]);
  const heads = [pattern.source.match(/^[\w:/@=-]{1,24}(?![*+?{])/)?.[0] ?? ''];
  return [...probes, ...heads.flatMap((head) => (head ? letters.map((letter) => head + letter) : []))].some((unit) =>
    growsFast(fresh, unit),
  );
}

/** Doubles the text until it is long enough or takes too long; also an exponential pattern is seen while it is short. */
function growsFast(pattern: RegExp, unit: string): boolean {
  for (let length = 16; length <= LONGEST_PROBE; length = length < 40 ? length + 4 : length * 2) {
    if (isOver(pattern, unit, length) && isOver(pattern, unit, length) && isOver(pattern, unit, length)) return true;
  }
  return false;
}

/** Asked three times: another process may have taken the processor once. */
function isOver(pattern: RegExp, unit: string, length: number): boolean {
  return milliseconds(pattern, unit, length) > SUSPECT_MILLISECONDS;
}

function milliseconds(pattern: RegExp, unit: string, length: number): number {
  const text = `${unit.repeat(Math.ceil(length / unit.length))}\u0001`;
  const start = process.hrtime.bigint();
  text.replace(pattern, '');
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Characters that the pattern can consume: its literals and one of each kind that it accepts. */
function lettersOf(pattern: RegExp): string[] {
  const literals = pattern.source.replace(/\\[a-zA-Z]|\\./g, (escape) =>
    /[a-zA-Z]/.test(escape.charAt(1)) ? '' : escape.charAt(1),
  );
  const candidates = new Set(Array.from(`a0Z -_.:/@${literals.replace(/[()[\]{}*+?|^$\\]/g, '')}`));
  return [...candidates]
    .filter((letter) => pattern.source.includes(letter) || accepts(pattern.source, letter))
    .slice(0, 10);
}

function accepts(source: string, letter: string): boolean {
  if (/\\w|\\S|\.|\[\^/.test(source)) return true;
  if (/\d/.test(letter)) return /\\d|0-9/.test(source);
  if (/[a-z]/.test(letter)) return /a-z/.test(source);
  if (/[A-Z]/.test(letter)) return /A-Z/.test(source);
  return /\\[sWD]/.test(source);
}
