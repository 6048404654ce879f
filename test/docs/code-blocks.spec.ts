import { parse } from 'yaml';
import { codeBlocks, examples, pages, sources } from './code-blocks';
import { compileBlocks } from './compile-blocks';
import { openNames, openNamesIn } from './open-names-of';

const blocks = [...pages.flatMap((page) => codeBlocks(page)), ...sources.flatMap(examples)];
const checked = blocks.filter(({ unchecked }) => unchecked === undefined);
const inLanguage = (...languages: string[]) => checked.filter(({ language }) => languages.includes(language));

test('every block says its language, and is of one that a test checks', () => {
  const known = ['ts', 'json', 'sh', 'console', 'yaml'];
  const others = checked.filter(({ language }) => !known.includes(language));
  expect(others.map(({ file, line, language }) => `${file}:${line}: ${language || 'no language'}`)).toEqual([]);
});

test('few blocks are not checked', () => {
  expect(blocks.filter(({ unchecked }) => unchecked !== undefined).length).toBeLessThan(6);
});

test('every block of TypeScript compiles with the packed package', () => {
  const typescript = inLanguage('ts');
  expect(typescript.length).toBeGreaterThan(150);
  expect(compileBlocks(typescript)).toEqual([]);
});

test('every name that blocks may leave open is used by one of them', () => {
  const used = new Set(['Members', ...inLanguage('ts').flatMap(({ code }) => openNamesIn(code))]);
  expect([...openNames.keys()].filter((name) => !used.has(name))).toEqual([]);
});

test.each([
  ['JSON', 'json', (code: string) => void JSON.parse(code)],
  ['YAML', 'yaml', (code: string) => void parse(code)],
])('every block of %s is valid', (_name, language, read) => {
  const found = inLanguage(language);
  expect(found.length).toBeGreaterThan(0);
  const problems = found.map(({ file, line, code }) => {
    try {
      read(code);
      return undefined;
    } catch (error) {
      return `${file}:${line}: ${String(error)}`;
    }
  });
  expect(problems.filter(Boolean)).toEqual([]);
});
