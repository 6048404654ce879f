import { posix } from 'node:path';
import type { Rule, Tree } from '@angular-devkit/schematics';
import { CannotEdit } from './cannot-edit.js';
import { withVariables } from './env-example.js';
import { enableShutdownHooks, findCreation, importInstrument, rootModuleOf } from './main-file.js';
import { importSentryModule } from './module-file.js';
import { findMain, isEsModule, isModuleUsedBelow, resolveImport, usesModule, type NestAddOptions } from './project.js';
import { SourceText } from './source-text.js';
import { loadTypeScript } from './typescript.js';

const ENV_EXAMPLE = '/.env.example';
/** `Sentry.init()` too: its client is taken over. */
const STARTS_SENTRY = /\binitSentry\s*\(|\bSentry\.init\s*\(|\binit\s*\(|nestjs-error-tracker\/register/;

/** `nest add nestjs-error-tracker`: nothing is written if a part of it cannot be done. */
export function nestAdd(options: NestAddOptions): Rule {
  return (tree, { logger }) => {
    const isModule = isEsModule(tree);
    for (const [path, text] of plan(tree, options, isModule)) {
      if (tree.read(path)?.toString('utf8') === text) continue;
      if (tree.exists(path)) tree.overwrite(path, text);
      else tree.create(path, text);
    }
    logger.info(
      'Next: set SENTRY_DSN, or run npx nestjs-error-tracker inbox. To check it: npx nestjs-error-tracker doctor',
    );
    if (isModule)
      logger.info(
        'ES modules: spans of database and broker clients need node --import nestjs-error-tracker/register dist/main.js',
      );
  };
}

/** @returns the text of each file afterwards */
function plan(tree: Tree, options: NestAddOptions, isModule: boolean): Map<string, string> {
  try {
    return new Map([...sources(tree, options, isModule), [ENV_EXAMPLE, withVariables(read(tree, ENV_EXAMPLE))]]);
  } catch (error) {
    if (!(error instanceof CannotEdit)) throw error;
    throw new Error(`${error.message}. Nothing was changed. ${byHand(isModule)}`, { cause: error });
  }
}

function sources(tree: Tree, options: NestAddOptions, isModule: boolean): [string, string][] {
  const ts = loadTypeScript(process.cwd());
  const mainPath = findMain(tree, options);
  const main = new SourceText(ts, mainPath, read(tree, mainPath) ?? '');
  const creation = findCreation(main);
  const root = rootModuleOf(main, creation);
  const usesInstrument = importInstrument(main, extensionOf(main, isModule));
  enableShutdownHooks(main, creation);

  const edited = new Map([[mainPath, main]]);
  if (!isModuleUsedBelow(tree, posix.dirname(mainPath))) {
    const module = moduleFile(tree, main, root.specifier);
    edited.set(module.path, module);
    if (!usesModule(module.text)) importSentryModule(module, root.name);
  }
  const texts = [...edited].map(([path, source]): [string, string] => [path, source.edited()]);
  const instrument = posix.join(posix.dirname(mainPath), `instrument${posix.extname(mainPath)}`);
  const existing = read(tree, instrument);
  if (usesInstrument && existing !== undefined && !STARTS_SENTRY.test(existing)) {
    throw new CannotEdit(instrument, 'is there, and does not call initSentry()');
  }
  if (usesInstrument && existing === undefined) {
    const lines = [main.importText('initSentry', 'nestjs-error-tracker/init'), '', 'initSentry()'];
    const end = lines[0]?.endsWith(';') ? ';' : '';
    texts.push([instrument, lines.join(main.eol) + end + main.eol]);
  }
  return texts;
}

function moduleFile(tree: Tree, main: SourceText, specifier: string | undefined): SourceText {
  if (specifier === undefined) return main;
  const path = resolveImport(main.ts, tree, specifier, main.path);
  if (path === undefined) throw new CannotEdit(main.path, `imports its module from ${specifier}, which is not found`);
  return new SourceText(main.ts, path, read(tree, path) ?? '');
}

/** As the relative imports of a file have it. */
function extensionOf({ imports }: SourceText, isModule: boolean): string {
  const relative = imports
    .map(({ moduleSpecifier }) => moduleSpecifier.getText().slice(1, -1))
    .filter((each) => /^\.{1,2}\//.test(each));
  if (relative.length === 0) return isModule ? '.js' : '';
  return relative.map((each) => /\.[jt]s$/.exec(each)?.[0]).find((each) => each !== undefined) ?? '';
}

function read(tree: Tree, path: string): string | undefined {
  return tree.read(path)?.toString('utf8');
}

function byHand(isModule: boolean): string {
  return [
    'Add by hand:',
    '',
    '  a file instrument beside main:',
    "    import { initSentry } from 'nestjs-error-tracker/init';",
    '    initSentry();',
    '  the first line of main:',
    `    import './instrument${isModule ? '.js' : ''}';`,
    '  after the application is created, before it listens:',
    '    app.enableShutdownHooks();',
    '  in the root module:',
    "    import { SentryModule } from 'nestjs-error-tracker';",
    '    @Module({ imports: [SentryModule.forRoot(), …] })',
  ].join('\n');
}
