import { posix } from 'node:path';
import type { Tree } from '@angular-devkit/schematics';
import type ts from 'typescript';
import { CannotEdit } from './cannot-edit.js';
import type { TypeScript } from './typescript.js';

/** What the Nest CLI passes: of `--project`, or that of nest-cli.json. */
export interface NestAddOptions {
  sourceRoot?: string;
  project?: string;
}

interface NestProject {
  sourceRoot?: string;
  entryFile?: string;
}

/** @returns the path of the file that starts the application @throws CannotEdit - if it is not there */
export function findMain(tree: Tree, { sourceRoot, project }: NestAddOptions): string {
  const configuration = readJson(tree, '/nest-cli.json') as NestProject & { projects?: Record<string, NestProject> };
  const projects = configuration.projects ?? {};
  const given = sourceRoot === 'undefined' ? undefined : sourceRoot;
  const chosen =
    (project === undefined ? undefined : projects[project]) ??
    Object.values(projects).find((each) => given !== undefined && each.sourceRoot === given) ??
    configuration;
  const root = `/${chosen.sourceRoot ?? given ?? 'src'}`;
  const names = [chosen.entryFile ?? 'main', 'main'];
  const paths = names.flatMap((name) => ['ts', 'js'].map((extension) => `${posix.join(root, name)}.${extension}`));
  const found = paths.find((path) => tree.exists(path));
  if (found === undefined) throw new CannotEdit(posix.join(root, 'main.ts'), 'does not exist');
  return found;
}

/**
 * @param from - the path of the file that imports it
 * @returns the path of an imported file of the project, as its tsconfig.json says; undefined if it is none
 */
export function resolveImport(ts: TypeScript, tree: Tree, specifier: string, from: string): string | undefined {
  const fileExists = (path: string) => tree.exists(path);
  const readFile = (path: string) => tree.read(path)?.toString('utf8');
  const options = { ...compilerOptions(ts, { fileExists, readFile }, posix.dirname(from)), allowJs: true };
  const { resolvedModule } = ts.resolveModuleName(specifier, from, options, { fileExists, readFile });
  if (
    !resolvedModule ||
    resolvedModule.isExternalLibraryImport ||
    /\.d\.[cm]?ts$/.test(resolvedModule.resolvedFileName)
  )
    return undefined;
  return resolvedModule.resolvedFileName;
}

type Files = Pick<ts.ModuleResolutionHost, 'fileExists'> & { readFile: (path: string) => string | undefined };

function compilerOptions(ts: TypeScript, files: Files, folder: string): ts.CompilerOptions {
  for (let at = folder; ; at = posix.dirname(at)) {
    const path = ['tsconfig.app.json', 'tsconfig.json', 'jsconfig.json']
      .map((name) => posix.join(at, name))
      .find((each) => files.fileExists(each));
    if (path !== undefined) {
      const { config } = ts.readConfigFile(path, files.readFile) as { config?: object };
      const host = { ...files, useCaseSensitiveFileNames: true, readDirectory: () => [] };
      return ts.parseJsonConfigFileContent(config ?? {}, host, at, undefined, path).options;
    }
    if (at === posix.dirname(at)) return { moduleResolution: ts.ModuleResolutionKind.Bundler };
  }
}

/** Whether the files of the project are ES modules, as Node reads its package.json. */
export function isEsModule(tree: Tree): boolean {
  return (readJson(tree, '/package.json') as { type?: string }).type === 'module';
}

function readJson(tree: Tree, path: string): object {
  return tree.exists(path) ? (tree.readJson(path) as object) : {};
}

/** Whether a source below a folder already uses the module of this package. */
export function isModuleUsedBelow(tree: Tree, folder: string): boolean {
  let isFound = false;
  tree.getDir(folder).visit((path) => {
    if (isFound || !/\.[cm]?[jt]s$/.test(path) || path.includes('/node_modules/')) return;
    isFound = usesModule(tree.read(path)?.toString('utf8') ?? '');
  });
  return isFound;
}

export function usesModule(text: string): boolean {
  const isImported = /\{[^}]*\bSentryModule\b[^}]*\}\s*from\s*["']nestjs-error-tracker["']/.test(text);
  return isImported && /\bSentryModule\s*\.\s*forRoot/.test(text);
}
