import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** A fenced block of a page, or of a comment in the source. */
export interface CodeBlock {
  /** Path below the root of the repository. */
  readonly file: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Why no test checks it: `<!-- unchecked: a file of Docker -->` in the line above. */
  readonly unchecked: string | undefined;
}

const inFolder = (folder: string, name: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .map((path) => join(folder, path))
    .sort();

/** The pages that users read. `docs/api` and `docs/reference` are written by tools. */
export const pages = ['README.md', ...inFolder('docs', /^[^/]+\.md$/), 'sample-app/README.md'];
export const sources = inFolder('lib', /\.ts$/);

const lastText = (lines: string[]): string | undefined => lines.findLast((text) => text.trim() !== '');

/** @param margin - what comes before each line of the text: the stars of a comment */
export function codeBlocks(file: string, margin = /^/): CodeBlock[] {
  const lines = readFileSync(join(root, file), 'utf8')
    .split('\n')
    .map((line) => line.replace(margin, ''));
  const blocks: CodeBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const fence = /^(\s*)```(\w*)/.exec(lines[index]!);
    if (!fence) continue;
    const [, indent, language] = fence;
    const end = lines.findIndex((line, at) => at > index && line.trim() === '```');
    if (end === -1) throw new Error(`${file}:${index + 1}: the block has no end`);
    const code = lines.slice(index + 1, end).map((line) => line.slice(indent!.length));
    const unchecked = /<!-- unchecked: (.+) -->/.exec(lastText(lines.slice(0, index)) ?? '')?.[1];
    blocks.push({ file, line: index + 2, language: language!, code: code.join('\n'), unchecked });
    index = end;
  }
  return blocks;
}

/** The blocks of the comments of a source file. */
export const examples = (file: string): CodeBlock[] => codeBlocks(file, /^\s*(?:\/\*\*|\*(?!\/)) ?/);
