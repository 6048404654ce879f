/** What the texts of a list suggest about it, as bits: nearly every list has none of these. */

/** A word begins with a dash, as an option does. */
export const DASHED = 1;
/** A text ends with a dash, as the first line of a key does. */
export const RULED = 2;
/** A text ends like a name, or the first one has parameters: it may name what follows. */
export const NAMING = 4;
/** A list or an object follows a text, which may be the statement that explains it. */
export const EXPLAINED = 8;

const SPACE = 32;
const DASH = 45;
const COLON = 58;
const EQUALS = 61;
const GREATER = 62;

/** Reads each text once. */
export function signsOf(list: readonly unknown[], count: number): number {
  let signs = 0;
  let afterText = false;
  for (let at = 0; at < count; at++) {
    const element = list[at];
    if (typeof element !== 'string') {
      if (afterText && typeof element === 'object' && element !== null) signs |= EXPLAINED;
      afterText = false;
      continue;
    }
    afterText = true;
    const last = element.charCodeAt(element.length - 1);
    if (last <= GREATER) signs |= signsOfLast(last);
    if (element.charCodeAt(0) === DASH) signs |= DASHED;
  }
  const [first] = list;
  return count > 1 && typeof first === 'string' && first.includes('%') ? signs | NAMING : signs;
}

function signsOfLast(code: number): number {
  if (code === DASH) return RULED;
  return code === SPACE || code === COLON || code === EQUALS || code === GREATER ? NAMING : 0;
}
