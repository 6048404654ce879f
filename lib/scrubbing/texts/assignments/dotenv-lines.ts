/** A variable at the beginning of a line, with a name in capitals: its value runs to the next white space. */
const VARIABLE = /^(?:export[ \t]{1,4}|set[ \t]{1,4}|ENV[ \t]{1,4})?[A-Z][A-Z\d_]{1,95}$/;
const MAX_VARIABLE = 110;
const NEXT_VARIABLE = /[;&]\s{0,4}[A-Za-z_][\w .-]{0,40}=/y;

/** Where the value of a line of a `.env` file ends; undefined if the line is none. Quotes, `&` and `;` belong to it. */
export function endOfVariable(text: string, start: number, equals: number): number | undefined {
  if (equals + 1 !== start) return undefined;
  const before = text.slice(Math.max(0, equals - MAX_VARIABLE), equals); // bounded: this runs at every separator
  const line = before.lastIndexOf('\n') + 1;
  if ((line === 0 && equals > before.length) || !VARIABLE.test(before.slice(line))) return undefined;
  let at = start;
  for (; at < text.length && text.charCodeAt(at) > 32; at++) {
    const code = text.charCodeAt(at);
    if (code !== 59 && code !== 38) continue;
    NEXT_VARIABLE.lastIndex = at;
    if (NEXT_VARIABLE.test(text) || text.charCodeAt(at + 1) <= 32) break;
  }
  return at;
}
