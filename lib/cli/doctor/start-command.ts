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
  /** What the script sets for it. */
  readonly variables: Readonly<Record<string, string>>;
}

const ALONE_COMMAND = { flags: [], args: [], variables: {} } as const;
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
 * @param environment - what `$PORT` in the script stands for
 */
export function startCommand(folder: string, entry: string | undefined, environment: NodeJS.ProcessEnv): StartCommand {
  const script = scriptOf(folder, environment);
  const named = entry === undefined ? undefined : existing(resolve(folder, entry));
  if (named !== undefined) return script?.file === named ? script : { ...ALONE_COMMAND, file: named };
  if (script && existsSync(script.file)) return script;
  const [first = ''] = DEFAULT_ENTRIES;
  const found = DEFAULT_ENTRIES.map((path) => join(folder, path)).find((path) => existsSync(path));
  return { ...ALONE_COMMAND, file: found ?? join(folder, first) };
}

/** As a user would type it. */
export function commandText({ file, flags, args }: StartCommand, folder: string): string {
  const words = ['node', ...flags, relative(folder, file) || file, ...args];
  return words.map((word) => (/^[^\s"']+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

function existing(path: string): string {
  return EXTENSIONS.map((extension) => `${path}${extension}`).find((each) => existsSync(each)) ?? path;
}

function scriptOf(folder: string, environment: NodeJS.ProcessEnv): StartCommand | undefined {
  const { scripts = {} } = read(join(folder, 'package.json'));
  for (const name of SCRIPTS) {
    const found = parse(expand(scripts[name] ?? '', environment), folder);
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
  const words = wordsOf(script);
  const at = words.findIndex((word) => /^(?:.*\/)?node$/.test(word));
  const flags: string[] = [];
  for (let index = at + 1; at >= 0 && index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) {
      const variables = variablesIn(words.slice(0, at));
      return { file: existing(resolve(folder, word)), flags, args: upToEnd(words.slice(index + 1)), variables };
    }
    const [name = ''] = word.split('=');
    if (WITH_VALUE.has(name)) flags.push(...(word.includes('=') ? [word] : [word, words[++index] ?? '']));
    else if (ALONE.has(word)) flags.push(word);
  }
  return undefined;
}

/** `$PORT`, `${PORT}`, `${PORT:-3000}` */
function expand(script: string, environment: NodeJS.ProcessEnv): string {
  return script.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
    (_all, bare: string | undefined, braced: string | undefined, otherwise: string | undefined) =>
      environment[bare ?? braced ?? ''] || (otherwise ?? ''),
  );
}

/** Words without their quotes: `--name="a b"` is one. */
function wordsOf(script: string): string[] {
  const words = script.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_all, double?: string, single?: string) => double ?? single ?? ''),
  );
}

/** `NODE_ENV=production` right before the command, also after `cross-env`. */
function variablesIn(before: readonly string[]): Record<string, string> {
  const last = before.findLastIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return Object.fromEntries(
    before.slice(last + 1).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
}

function upToEnd(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => END_OF_COMMAND.test(word));
  return end === -1 ? words : words.slice(0, end);
}
