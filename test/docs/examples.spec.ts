import { join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './code-blocks';

const { exports: entries } = jest.requireActual<{ exports: Record<string, { import: { types: string } } | string> }>(
  '../../package.json',
);
const entryFiles = Object.values(entries)
  .filter((target) => typeof target === 'object')
  .map(({ import: { types } }) => join(root, types.replace('./dist/esm/', 'lib/').replace('.d.ts', '.ts')));

const { config } = ts.readConfigFile(join(root, 'lib/tsconfig.build.json'), (path) => ts.sys.readFile(path));
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, 'lib'));
const program = ts.createProgram(entryFiles, { ...options, noEmit: true });
const checker = program.getTypeChecker();

/** What the entry points export, each once. */
const names = new Set(
  entryFiles
    .map((file) => checker.getSymbolAtLocation(program.getSourceFile(file)!))
    .flatMap((module) => (module ? checker.getExportsOfModule(module) : []))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)),
);
const commentsOf = (symbol: ts.Symbol): string =>
  symbol
    .declarations!.flatMap((declaration) => ts.getJSDocCommentsAndTags(declaration).map((doc) => doc.getText()))
    .join();

/** Of code-blocks.spec.ts, whose test compiles the block. An option of a function may refer to that of the function. */
const hasExample = (symbol: ts.Symbol): boolean => /```ts\n|Options of \{@link \w+\}/.test(commentsOf(symbol));

test('every name that the package exports has an example', () => {
  const missing = [...names].filter((symbol) => !hasExample(symbol) && !commentsOf(symbol).includes('@internal'));
  expect(names.size).toBeGreaterThan(150);
  expect(
    missing.map((symbol) => {
      const { fileName } = symbol.declarations![0]!.getSourceFile();
      return `${relative(root, fileName)}: ${symbol.name}`;
    }),
  ).toEqual([]);
});
