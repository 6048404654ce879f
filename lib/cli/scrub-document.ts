import { type Removal, type Scrubber } from '../scrubbing/index.js';

/** A scrubbed document: as text in its original format, and as the value it holds. */
export interface ScrubbedDocument {
  text: string;
  /** The JSON value; an array of values for JSON lines; the text itself for anything else. */
  output: unknown;
  /** Paths into `output`; empty for text. */
  removed: Removal[];
}

/**
 * Scrubs JSON by names and paths, JSON lines line by line, and anything else as text. Input without anything to remove
 * is returned unchanged, character by character.
 */
export function scrubDocument(text: string, scrubber: Pick<Scrubber, 'inspect'>): ScrubbedDocument {
  const whole = parse(text);
  if (whole !== undefined) return scrubWhole(text, whole.value, scrubber);
  const lines = text.split('\n');
  const parsed = lines.map((line) => (line.trim() === '' ? undefined : parse(line)));
  const isLines =
    parsed.filter(Boolean).length > 1 && lines.every((line, index) => line.trim() === '' || parsed[index]);
  if (isLines) return scrubLines(lines, parsed, scrubber);
  const { output, removed } = scrubber.inspect(text);
  return { text: String(output), output, removed };
}

function scrubWhole(text: string, value: unknown, scrubber: Pick<Scrubber, 'inspect'>): ScrubbedDocument {
  const { output, removed } = scrubber.inspect(value);
  if (removed.length === 0) return { text, output: value, removed };
  const indent = /^[[{]\r?\n([ \t]+)/.exec(text.trimStart())?.[1];
  const end = text.endsWith('\n') ? '\n' : '';
  return { text: `${JSON.stringify(output, null, indent)}${end}`, output, removed };
}

function scrubLines(
  lines: string[],
  parsed: Array<{ value: unknown } | undefined>,
  scrubber: Pick<Scrubber, 'inspect'>,
): ScrubbedDocument {
  const texts: string[] = [];
  const output: unknown[] = [];
  const removed: Removal[] = [];
  lines.forEach((line, index) => {
    const document = parsed[index];
    if (document === undefined) return void texts.push(line);
    const scrubbed = scrubWhole(line, document.value, scrubber);
    const position = output.length;
    texts.push(scrubbed.text);
    output.push(scrubbed.output);
    for (const { path, rule } of scrubbed.removed)
      removed.push({ path: path ? `${position}.${path}` : `${position}`, rule });
  });
  return { text: texts.join('\n'), output, removed };
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined; // not JSON: scrubbed as text
  }
}
