/** The code around a place, with the names that Sentry gives it. */
export interface SourceLines {
  pre_context: string[];
  context_line: string;
  post_context: string[];
}

const AROUND = 7;
const MAX_LINE = 300;

/** @returns undefined if there is no such line */
export function sourceLines(text: string, line: number): SourceLines | undefined {
  const lines = linesOf(text, line - AROUND, line + AROUND);
  const at = Math.min(line - 1, AROUND);
  const hit = lines[at];
  if (hit === undefined) return undefined;
  return { pre_context: lines.slice(0, at), context_line: hit, post_context: lines.slice(at + 1) };
}

/** The lines from one to another, both included, beginning at 1. */
function linesOf(text: string, first: number, last: number): string[] {
  const lines: string[] = [];
  let start = startOfLine(text, Math.max(first, 1));
  for (let line = Math.max(first, 1); line <= last && start !== -1; line++) {
    lines.push(text.slice(start, Math.min(endOfLine(text, start), start + MAX_LINE)));
    start = startOfLine(text, 2, start);
  }
  return lines;
}

/** What clients leave out of a long line, and what is scrubbed from one. */
const GAPS = /\{snip\}|\[Filtered[^[\]]*\]/;

/** Whether a line of code is the one that the client has sent: then the file has not changed there. */
export function isSentLine(text: string, line: number, sent: string): boolean {
  const start = startOfLine(text, line);
  if (start === -1) return false;
  const actual = text.slice(start, endOfLine(text, start));
  let from = 0;
  for (const piece of sent.split(GAPS).map((part) => part.trim())) {
    const found = actual.indexOf(piece, from);
    if (found === -1) return false;
    from = found + piece.length;
  }
  return true;
}

/** Where a line begins, counted from a place where the first one does; -1 if there are fewer. */
function startOfLine(text: string, line: number, from = 0): number {
  let start = from;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return -1;
    start = end + 1;
  }
  return start;
}

function endOfLine(text: string, start: number): number {
  const found = text.indexOf('\n', start);
  const end = found === -1 ? text.length : found;
  return end > start && text[end - 1] === '\r' ? end - 1 : end;
}
