import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { laneFolder, spawnApp } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { codeBlocks, root, type CodeBlock } from './code-blocks';
import { asModule } from './compile-blocks';
import { importsOfOpenNames } from './open-names-of';

const PAGE = 'docs/recipes.md';

/** What arrived at Sentry, and what the application of the recipe told. */
export interface Ran {
  told: any;
  events: any[];
  transactions: string[];
  receiver: Receiver;
}

/**
 * Runs the blocks of a recipe as they are on the page, in the application of this name below test/apps/recipes.
 *
 * @param heading - of the recipe: `A small quota`
 */
export async function runRecipe(heading: string, app: string, env: Record<string, string> = {}): Promise<Ran> {
  const folder = mkdtempSync(join(laneFolder('11'), 'recipe-'));
  for (const [at, block] of blocksOf(heading).entries()) writeBlock(join(folder, String(at)), block.code);
  const receiver = await Receiver.start();
  const variables = { SENTRY_DSN: receiver.dsn, SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_THROTTLE: undefined };
  const child = spawnApp({ lane: '11', app: 'recipes', main: app, env: { ...variables, BLOCKS: folder, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const said = new Promise<any>((resolve) => child.once('message', resolve));
  const [code] = (await once(child, 'exit')) as [number | null];
  await receiver.close();
  rmSync(folder, { recursive: true });
  if (code !== 0) throw new Error(`${app} exited with code ${code}:\n${output}`);
  const { told } = await said;
  return { told, events: receiver.events, transactions: receiver.transactions, receiver };
}

/** The blocks of TypeScript below a heading. */
function blocksOf(heading: string): CodeBlock[] {
  const lines = readFileSync(join(root, PAGE), 'utf8').split('\n');
  const first = lines.indexOf(`## ${heading}`) + 1;
  if (first === 0) throw new Error(`${PAGE} has no heading ${heading}`);
  const next = lines.findIndex((line, at) => at >= first && line.startsWith('## '));
  return codeBlocks(PAGE).filter(
    ({ line, language }) => language === 'ts' && line > first && (next === -1 || line <= next),
  );
}

/** One file for each `// src/main.ts` of the block, as the paths say; otherwise `block.js`. */
function writeBlock(folder: string, code: string): void {
  const files = code.split(/^\/\/ (\S+)\.ts\n/m);
  const [first = '', ...named] = files;
  if (named.length === 0) write(join(folder, 'block.js'), first);
  for (let at = 0; at < named.length; at += 2) write(join(folder, `${named[at]}.js`), named[at + 1] ?? '');
}

function write(path: string, code: string): void {
  const shop = relative(dirname(path), join(laneFolder('11'), 'apps', 'recipes', 'shop'));
  const text = runnable(code);
  const { outputText } = ts.transpileModule(`${importsOfOpenNames(text, shop)}\n${text}`, {
    fileName: 'block.ts',
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      esModuleInterop: true,
    },
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, outputText);
}

/** A block with its value, class or statements under a name that the application can import. */
function runnable(code: string): string {
  if (code.startsWith('SentryModule.')) return `export const module = ${code}`;
  if (code.startsWith('for ')) return `export async function run() {\n${code}\n}`;
  return asModule(code).replace(/^class Example/, 'export class Example');
}
