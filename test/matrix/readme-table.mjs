import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { dependencySets, kinds, nodeMajors, platforms } from './dependency-sets.mjs';

const file = fileURLToPath(new URL('../../README.md', import.meta.url));
const BEGIN = '<!-- matrix: written by `npm run test:matrix` -->';
const END = '<!-- end of matrix -->';

const rowName = (set, kind) => `${set.versions}, ${kind.name}`;

/** @param hasPassed - whether all cells of a set, kind, Node and platform have passed */
function table(hasPassed) {
  const head = ['', ...nodeMajors.map((major) => `Node ${major === 20 ? '20.20' : major}`)];
  const rows = dependencySets.flatMap((set) =>
    kinds.map((kind) => [
      rowName(set, kind),
      ...nodeMajors.map((major) =>
        platforms.map((platform) => `${platform} ${hasPassed(set, kind, major, platform) ? '✓' : '✗'}`).join(', '),
      ),
    ]),
  );
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function split(text) {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('README.md has no place for the table: its markers are gone');
  return { before: text.slice(0, begin + BEGIN.length), inside: text.slice(begin, end), after: text.slice(end) };
}

export async function writeTable(hasPassed) {
  const { before, after } = split(await readFile(file, 'utf8'));
  const config = await prettier.resolveConfig(file);
  const text = `${before}\n\n${table(hasPassed)}\n\n${after}`;
  await writeFile(file, await prettier.format(text, { ...config, parser: 'markdown' }));
}

/** @returns a text for each row that the README lacks, and for each that is not one of ours */
export async function checkTable() {
  const { inside } = split(await readFile(file, 'utf8'));
  const expected = dependencySets.flatMap((set) => kinds.map((kind) => rowName(set, kind)));
  const names = inside.split('\n').flatMap((line) => /^\| (\w.*?) +\|/.exec(line)?.[1] ?? []);
  const problems = [
    ...expected.filter((name) => !names.includes(name)).map((name) => `there is no row of ${name}`),
    ...names.filter((name) => !expected.includes(name)).map((name) => `${name} is not tested any more`),
    ...inside.split('\n').filter((line) => line.includes('✗')),
  ];
  return problems.map((problem) => `README.md: ${problem}; run npm run test:matrix`);
}
