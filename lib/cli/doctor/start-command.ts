import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** How Node starts the application. */
export interface StartCommand {
  /** Absolute path. */
  readonly file: string;
  /** Flags of Node that decide what is loaded first, or how. */
  readonly flags: readonly string[];
  /** What the script passes to the application. */
  readonly args: readonly string[];
}

/** In the order in which they are asked. */
const SCRIPTS = ['start:prod', 'start:production', 'start'];
const DEFAULT_ENTRIES = ['dist/main.js', 'dist/src/main.js', 'dist/main.mjs', 'dist/main.cjs'];
const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];
const WITH_VALUE = new Set([
  '--import',
  '--require',
  '-r',
  '--loader',
  '--experimental-loader',
  '--env-file',
  '--env-file-if-exists',
  '--conditions',
  '-C',
]);
/** Ends a command in a shell: `&&`, `|`, `2>&1`. */
const END_OF_COMMAND = /^(?:&&?|\|\|?|;|\d?[<>].*)$/;
const ALONE = new Set(['--enable-source-maps', '--preserve-symlinks', '--preserve-symlinks-main']);

/**
 * The start command of the application: the file that is named, with the flags and arguments of the script in package.json
 * that starts it; else the file of that script, else `dist/main.js`.
 *
 * @param entry - as the user has named it, relative to the folder
 */
export function startCommand(folder: string, entry: string | undefined): StartCommand {
  const script = scriptOf(folder);
  const named = entry === undefined ? undefined : existing(resolve(folder, entry));
  if (named !== undefined) return script?.file === named ? script : { file: named, flags: [], args: [] };
  if (script && existsSync(script.file)) return script;
  const [first = ''] = DEFAULT_ENTRIES;
  const found = DEFAULT_ENTRIES.map((path) => join(folder, path)).find((path) => existsSync(path));
  return { file: found ?? join(folder, first), flags: [], args: [] };
}

/** As a user would type it. */
export function commandText({ file, flags, args }: StartCommand, folder: string): string {
  return ['node', ...flags, relative(folder, file) || file, ...args].join(' ');
}

function existing(path: string): string {
  return EXTENSIONS.map((extension) => `${path}${extension}`).find((each) => existsSync(each)) ?? path;
}

function scriptOf(folder: string): StartCommand | undefined {
  const { scripts = {} } = read(join(folder, 'package.json'));
  for (const name of SCRIPTS) {
    const found = parse(scripts[name] ?? '', folder);
    if (found) return found;
  }
  return undefined;
}

function read(path: string): { scripts?: Record<string, string | undefined> } {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { scripts?: Record<string, string> };
  } catch {
    return {}; // no package.json: there are defaults
  }
}

/** Understands `VARIABLE=x node --import y dist/main --port 3000`, and nothing more of a shell. */
function parse(script: string, folder: string): StartCommand | undefined {
  const words = script.match(/"[^"]*"|'[^']*'|\S+/g)?.map((word) => word.replace(/^(["'])(.*)\1$/, '$2')) ?? [];
  const at = words.findIndex((word) => /^(?:.*\/)?node$/.test(word));
  const flags: string[] = [];
  for (let index = at + 1; at >= 0 && index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) return { file: existing(resolve(folder, word)), flags, args: upToEnd(words, index + 1) };
    const [name = ''] = word.split('=');
    if (WITH_VALUE.has(name)) flags.push(...(word.includes('=') ? [word] : [word, words[++index] ?? '']));
    else if (ALONE.has(word)) flags.push(word);
  }
  return undefined;
}

function upToEnd(words: readonly string[], from: number): string[] {
  const args = words.slice(from);
  const end = args.findIndex((word) => END_OF_COMMAND.test(word));
  return end === -1 ? args : args.slice(0, end);
}
