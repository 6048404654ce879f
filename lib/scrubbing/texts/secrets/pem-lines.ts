const DASH = 45;
const BEGIN = /-{4,5} ?BEGIN[A-Z0-9 -]{0,60}(?:PRIVATE|SECRET)[A-Z0-9 -]{0,40}-{4,5}$/;
const END = /^.{0,40}-{4,5} ?END[ A-Z0-9-]{0,80}/;
/** A first line is no longer than this. */
const MAX_FIRST = 200;
/** A line of a key is no longer than this. */
const MAX_LINE = 300;
const LINE = /^\s{0,20}["'`]?[A-Za-z0-9+/=_-]{1,100}(?:\\n)?["'`+;, ]{0,4}$/;

/** The lines of keys in a list of lines, such as the output of a command, by their positions; undefined if there are none. */
export function pemLines(list: readonly unknown[], count: number): ReadonlySet<number> | undefined {
  let found: Set<number> | undefined;
  let inside = false;
  for (let at = 0; at < count; at++) {
    const line = list[at];
    if (typeof line !== 'string') inside = false;
    else if (line.length < MAX_FIRST && line.charCodeAt(line.length - 1) === DASH && BEGIN.test(line)) inside = true;
    else if (inside && line.length < MAX_LINE && !END.test(line) && LINE.test(line)) (found ??= new Set()).add(at);
    else if (line !== '') inside = false;
  }
  return found;
}
