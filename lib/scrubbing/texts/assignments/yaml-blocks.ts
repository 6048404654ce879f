/** A YAML block scalar: `|` or `>` after the name, then lines with a deeper indentation. */
const HEAD = /^[ \t]{0,8}[|>][+-]?\d?[ \t]{0,8}\r?\n/;
const MAX_HEAD_LENGTH = 40;

/** The block after the colon, from its first character to its last; undefined if there is none. */
export function blockAfter(text: string, from: number, colon: number): { start: number; end: number } | undefined {
  const head = HEAD.exec(text.slice(from, from + MAX_HEAD_LENGTH));
  if (!head) return undefined;
  const outer = indentOf(text, text.lastIndexOf('\n', colon) + 1);
  let line = from + head[0].length;
  const start = line + indentOf(text, line);
  let end = start;
  if (start - line <= outer) return undefined;
  while (line < text.length) {
    const indent = indentOf(text, line);
    const close = text.indexOf('\n', line);
    const stop = close === -1 ? text.length : close;
    if (stop > line + indent) {
      if (indent <= outer) break;
      end = text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
    }
    line = stop + 1;
  }
  return end > start ? { start, end } : undefined;
}

function indentOf(text: string, line: number): number {
  let at = line;
  while (at < text.length && at < line + 200 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return at - line;
}

const HERE = /^[ \t]{0,4}<<[-~]?["']?(\w{1,40})["']?[ \t]{0,4}\r?\n/;

/** A here-document of HCL, Ruby or a shell: the lines between `<<EOT` and `EOT`. */
export function hereDocument(text: string, from: number): { start: number; end: number } | undefined {
  const head = HERE.exec(text.slice(from, from + MAX_HEAD_LENGTH + 40));
  if (!head) return undefined;
  const start = from + head[0].length;
  for (let line = start; line < text.length;) {
    const close = text.indexOf('\n', line);
    const stop = close === -1 ? text.length : close;
    if (text.slice(line, Math.min(stop, line + 120)).trim() === head[1])
      return line - 1 > start ? { start, end: line - 1 } : undefined;
    line = stop + 1;
  }
  return { start, end: text.length };
}
