import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { dependencySets, kinds, nodeMajors, platforms, starts } from './dependency-sets.mjs';

const file = fileURLToPath(new URL('../../README.md', import.meta.url));
const BEGIN = '<!-- matrix: written by `npm run test:matrix` -->';
const END = '<!-- end of matrix -->';

const rowName = (set, kind) => `${set.versions}, ${kind.name}`;

/** How Sentry must be started for the SDK's spans of guards and so on, and with which Nodes if not with all. */
function componentSpans(components, set, kind) {
  const ways = Object.values(starts).flatMap(({ what }, at) => {
    const start = Object.keys(starts)[at];
    const cells = components.filter((cell) => cell.set === set && cell.kind === kind && cell.start === start);
    const lacking = new Set(cells.filter(({ hasComponents }) => !hasComponents).map(({ major }) => major));
    const majors = nodeMajors.filter((major) => !lacking.has(major));
    if (majors.length === 0) return [];
    return [majors.length === nodeMajors.length ? what : `${what} (Node ${majors.join(', ')})`];
  });
  return ways.join(', ') || 'none';
}

/** @param hasPassed - whether all cells of a set, kind, Node and platform have passed */
function table({ hasPassed, components }) {
  const nodes = nodeMajors.map((major) => `Node ${major === 20 ? '20.20' : major}`);
  const head = ['', ...nodes, "the SDK's spans of components"];
  const rows = dependencySets.flatMap((set) =>
    kinds.map((kind) => [
      rowName(set, kind),
      ...nodeMajors.map((major) =>
        platforms.map((platform) => `${platform} ${hasPassed(set, kind, major, platform) ? '✓' : '✗'}`).join(', '),
      ),
      componentSpans(components, set, kind),
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

export async function writeTable(matrix) {
  const { before, after } = split(await readFile(file, 'utf8'));
  const config = await prettier.resolveConfig(file);
  const text = `${before}\n\n${table(matrix)}\n\n${after}`;
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
