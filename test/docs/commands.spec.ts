import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../lib/cli/program.js';
import { testTerminal } from '../cli/test-terminal.js';
import { codeBlocks, pages, root, sources } from './code-blocks';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** What a pattern finds in the pages, with its place: `docs/jobs.md:12`. */
const inPages = (pattern: RegExp): [place: string, ...groups: string[]][] =>
  pages.flatMap((page) =>
    read(page)
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(pattern)].map((match): [string, ...string[]] => [`${page}:${index + 1}`, ...match.slice(1)]),
      ),
  );

const words = (text: string): string[] => text.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];

async function help(commands: readonly string[]): Promise<string> {
  const terminal = testTerminal();
  return (await runCommandLine([...commands, '--help'], terminal)) === 0 ? terminal.stdout : '';
}

/** The commands that a command has, by its help. */
const subcommands = (text: string): string[] =>
  [...(text.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name!);

/** @returns what is wrong with `npx nestjs-error-tracker` and these arguments */
async function problemOf(args: readonly string[]): Promise<string | undefined> {
  const commands: string[] = [];
  let text = await help(commands);
  for (const word of args) {
    const known = subcommands(text);
    if (known.length === 0) break;
    if (word === '<command>' || word === '--help') return undefined;
    if (!known.includes(word)) return `no command ${[...commands, word].join(' ')}`;
    commands.push(word);
    text = await help(commands);
  }
  if (text.includes('Options are passed on')) return undefined;
  const flags = args.map((word) => /^--[\w-]+/.exec(word)?.[0]).filter((flag) => flag !== undefined);
  const unknown = flags.find((flag) => !new RegExp(`^ +(-\\w, )?${flag}\\b`, 'm').test(text));
  return unknown && `${commands.join(' ')} has no option ${unknown}`;
}

test('every command line of nestjs-error-tracker has commands and options that exist', async () => {
  const found = inPages(/(?:npx |\.bin\/|cli\/main\.js )(?:nestjs-error-tracker)? ?([^`|#)"\n]*)/g).filter(
    ([, args]) => !/^(nest|jest|sentry-cli) /.test(args!),
  );
  expect(found.length).toBeGreaterThan(30);
  const problems = await Promise.all(
    found.map(async ([place, args]) => {
      const problem = await problemOf(words(args!));
      return problem && `${place}: ${problem}`;
    }),
  );
  expect(problems.filter(Boolean)).toEqual([]);
});

test('every npm script exists', () => {
  const found = inPages(/npm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g);
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter(([, run, tests]) => !manifest.scripts[run ?? tests!])).toEqual([]);
});

test('every installed package is one that this package works with', () => {
  const packages = [manifest, JSON.parse(read('.lanes/11/package.json'))].flatMap(
    ({ peerDependencies, dependencies, devDependencies }) =>
      Object.keys({ ...peerDependencies, ...dependencies, ...devDependencies }),
  );
  const found = inPages(/npm (?:install|i) ([^`#|&)]*)/g).flatMap(([place, args]) =>
    words(args!).map((word) => [place, word.replace(/(?<=.)@.*$/, '')]),
  );
  expect(found.length).toBeGreaterThan(5);
  const known = (name: string): boolean => name.startsWith('-') || [manifest.name, ...packages].includes(name);
  expect(found.filter(([, name]) => !known(name!))).toEqual([]);
});

test('every file that a shell block of the repository names exists, or is built from one that does', () => {
  const built = (path: string): string => path.replace(/^dist\/cjs\//, 'lib/').replace(/\/dist\//, '/');
  const found = pages
    .flatMap((page) => codeBlocks(page))
    .filter(({ language }) => language === 'sh')
    .flatMap(({ file, line, code }) =>
      [...code.matchAll(/(?:sample-app|test|lib|docs|dist\/cjs)\/[\w./-]+/g)].map(([path]) => [
        `${file}:${line}`,
        path,
      ]),
    );
  expect(found.length).toBeGreaterThan(5);
  // The second step of a set-up copies .env.example to .env.
  const exists = (path: string): boolean =>
    [path, built(path), built(path).replace(/\.js$/, '.ts'), `${path}.example`].some((file) =>
      existsSync(join(root, file)),
    );
  expect(found.filter(([, path]) => !exists(path!))).toEqual([]);
});

test('every SENTRY_* name is that of a variable or a warning', () => {
  const code = [...sources, 'sample-app/compose.yaml'].map(read).join('\n');
  const found = inPages(/\b(SENTRY_[A-Z0-9_]*[A-Z0-9])\b(?!…)/g);
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(([, name]) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

test('what scrub and explain print is what the pages say', async () => {
  const shown = pages
    .flatMap((page) => codeBlocks(page))
    .filter(({ language }) => language === 'console')
    .flatMap(({ file, code }) => code.split(/^\$ /m).map((text) => ({ file, text })))
    .map(({ file, text }) => ({
      file,
      match: /^(?:echo '(.*)' \| )?npx nestjs-error-tracker ((?:scrub|explain).*)\n([^]*)/.exec(text),
    }))
    .filter(({ match }) => match !== null);
  expect(shown.length).toBeGreaterThan(3);
  // The key of pseudonyms is a new one in each process.
  const comparable = (text: string): string => text.trim().replace(/[0-9a-f]{12}(?=@pseudonym)/g, '*');
  for (const { file, match } of shown) {
    const [, input, args, printed] = match!;
    const terminal = testTerminal({ input: input && `${input}\n` });
    await runCommandLine(words(args!), terminal);
    expect([file, comparable(terminal.stdout + terminal.stderr)]).toEqual([file, comparable(printed!)]);
  }
});

test('docs/troubleshooting.md explains every warning', () => {
  const code = sources.map(read).join('\n');
  const found = [...code.matchAll(/(?:code: |warnOnce\(\s*|_MISSING = )'((?:SENTRY|SPOOL|DELIVERY)_[A-Z_]+)'/g)].map(
    ([, name]) => name!,
  );
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter((name) => !read('docs/troubleshooting.md').includes(name))).toEqual([]);
});
