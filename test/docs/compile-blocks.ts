import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { type CodeBlock, root } from './code-blocks';
import { importsOfOpenNames } from './open-names-of';

/** What a project of the Nest CLI has, and strict. */
const options: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  // As `nodenext`, except that a block may await at its top, and import a file without an extension.
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  isolatedModules: true,
  esModuleInterop: true,
  types: ['node', 'jest'],
  typeRoots: [join(root, 'node_modules', '@types')],
};

/** The blocks exist only in memory, in this folder of lane 11: beside the packed tarball and the partner libraries. */
const folder = join(root, '.lanes', '11', 'blocks');

interface Module {
  readonly path: string;
  readonly text: string;
  readonly block: CodeBlock;
}

const parses = (text: string): boolean =>
  ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: options }).diagnostics!.length === 0;

/** A block may show members of a class without the class; what they use of it, class Members of the open names has. */
export const asModule = (text: string): string => {
  const inClass = `class Example extends Members { ${text}\n}`;
  return !parses(text) && parses(inClass) ? inClass : text;
};

/**
 * One module for each `// src/main.ts` of a block. The modules of a page are the files of one project. A line of a module
 * has the number that it has in its page.
 */
function modulesOf(block: CodeBlock): Module[] {
  const { file, line, code } = block;
  const lines = code.split('\n');
  const name = (index: number): string | undefined => /^\/\/ (\S+\.ts)$/.exec(lines[index]!)?.[1];
  const starts = lines.map((_, index) => index).filter((index) => index === 0 || name(index));
  return starts.map((start, part) => {
    const text = asModule(lines.slice(start, starts[part + 1]).join('\n'));
    const path = join(folder, file.replace(/\W/g, '-'), name(start) ?? `src/line-${line}.ts`);
    const imports = importsOfOpenNames(text, relative(dirname(path), join(folder, 'open-names')));
    return { path, text: `export {}; ${imports}${'\n'.repeat(line + start - 1)}${text}`, block };
  });
}

/** A host to which the modules are files like any other. */
function hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const folders = new Set([...texts.keys()].flatMap((path) => [dirname(path), dirname(dirname(path))]));
  return {
    ...host,
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    getSourceFile: (path, target, ...rest) => {
      const text = texts.get(path);
      return text === undefined ? host.getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target);
    },
  };
}

/** @returns one line `docs/jobs.md:12: what is wrong` for each error */
export function compileBlocks(blocks: readonly CodeBlock[]): string[] {
  const modules = blocks.flatMap(modulesOf);
  const texts = new Map(modules.map(({ path, text }) => [path, text]));
  if (texts.size < modules.length) throw new Error('Two blocks of a page have the same file name.');
  for (const name of ['open-names.ts', 'absent-packages.d.ts'])
    texts.set(join(folder, name), readFileSync(join(__dirname, name), 'utf8'));
  const program = ts.createProgram([...texts.keys()], options, hostOf(texts));
  const files = new Map(modules.map(({ path, block }) => [path, block.file]));
  return [...texts.keys()]
    .map((path) => program.getSourceFile(path)!)
    .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
    .map(({ file, start, messageText }) => {
      const { line } = file!.getLineAndCharacterOfPosition(start!);
      const page = files.get(file!.fileName) ?? file!.fileName;
      return `${page}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}
