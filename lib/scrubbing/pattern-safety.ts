import { ConfigurationError } from '../options/configuration-error.js';

/** Length of the longest string on which a pattern is tested; each is twice as long as the previous one. */
const MAX_PROBE_LENGTH = 8_192;
/** A linear pattern takes far less than a millisecond for the longest string; a quadratic one several times this. */
const SUSPECT_MILLISECONDS = 8;

/**
 * Accepts only regular expressions that run in linear time. Rejects a pattern that
 *
 * - has a back reference, or a repetition without an upper bound inside another one: `(a+)+`, `(\w+\s?)*`;
 * - matches the empty string;
 * - takes superlinear time on strings made of its own characters: `\d+\d+x`, but also `\d+x`, which restarts at every
 *   digit of a long number. An upper bound fixes it: `\d{1,20}x`.
 *
 * @throws ConfigurationError - also if the value is not a regular expression
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
    expected: 'a regular expression that runs in linear time and does not match the empty string',
    fix: `${problem}; give repetitions an upper bound, such as {1,64}, and begin with fixed characters`,
  });
}

/** Length up to which exponential time shows; what takes polynomial time is still fast there. */
const EXPONENTIAL_LENGTH = 64;

/** Whether a pattern takes exponential time on strings of its own characters: `(a+)+$`, `(a|a)*b`. */
export function isExponential(pattern: RegExp): boolean {
  return isSlow(pattern, EXPONENTIAL_LENGTH);
}

function problemOf(pattern: RegExp): string | undefined {
  const { source } = pattern;
  if (new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test('')) return 'it matches the empty string';
  if (/\\[1-9]|\\k</.test(source.replace(/\\\\/g, ''))) return 'it has a back reference';
  if (hasNestedRepetition(source)) return 'it repeats a repetition';
  return isSlow(pattern, MAX_PROBE_LENGTH) ? 'it takes superlinear time on long strings' : undefined;
}

/** An unbounded repetition of a group that contains an unbounded repetition. */
function hasNestedRepetition(source: string): boolean {
  const groups: boolean[] = [false];
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(source, at);
    else if (character === '(') groups.push(false);
    else if (character === ')') {
      const inner = groups.pop() ?? false;
      const repeated = isUnbounded(source, at + 1);
      if (inner && repeated) return true;
      groups[groups.length - 1] = (groups[groups.length - 1] ?? false) || inner || repeated;
    } else if (isUnbounded(source, at) && at > 0 && source.charAt(at - 1) !== '(') groups[groups.length - 1] = true;
  }
  return false;
}

function isUnbounded(source: string, at: number): boolean {
  const character = source.charAt(at);
  return (
    character === '*' ||
    character === '+' ||
    (character === '{' && /^\{\d+,(?:\}|\d{4,}\})/.test(source.slice(at, at + 16)))
  );
}

function endOfClass(source: string, open: number): number {
  let at = open + 1;
  while (at < source.length && source.charAt(at) !== ']') at += source.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** Tests the pattern on strings that repeat its own characters, alone and in pairs, with an ending that does not match. */
function isSlow(pattern: RegExp, maxLength: number): boolean {
  const fresh = new RegExp(pattern.source, `${pattern.flags.replace(/[gyd]/g, '')}g`);
  const letters = lettersOf(pattern);
  const probes = letters.flatMap((one) => [
    one,
    ...letters.filter((other) => other !== one).map((other) => one + other),
  ]);
  const heads = [pattern.source.match(/^[\w:/@=-]{1,24}(?![*+?{])/)?.[0] ?? ''];
  return [...probes, ...heads.flatMap((head) => (head ? letters.map((letter) => head + letter) : []))].some((unit) =>
    growsFast(fresh, unit, maxLength),
  );
}

/** Grows the string until it is long enough or takes too long; exponential patterns fail while it is still short. */
function growsFast(pattern: RegExp, unit: string, maxLength: number): boolean {
  for (let length = 16; length <= maxLength; length = length < 40 ? length + 4 : length * 2) {
    if (isOver(pattern, unit, length) && isOver(pattern, unit, length) && isOver(pattern, unit, length)) return true;
  }
  return false;
}

/** Measured three times: another process may have taken the CPU once. */
function isOver(pattern: RegExp, unit: string, length: number): boolean {
  return milliseconds(pattern, unit, length) > SUSPECT_MILLISECONDS;
}

function milliseconds(pattern: RegExp, unit: string, length: number): number {
  const text = `${unit.repeat(Math.ceil(length / unit.length))}\u0001`;
  const start = process.hrtime.bigint();
  text.replace(pattern, '');
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Characters that the pattern can consume: its literals, and one of each class that it accepts. */
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
