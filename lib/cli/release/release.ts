import { detectRelease } from '../../client/release.js';
import { ConfigurationError } from '../../options/configuration-error.js';
import { problemOfRelease } from '../../options/release-name.js';
import { optionsFromEnvironment } from '../../options/environment.js';
import { painter } from '../colour.js';
import { type AddCommand, type CommandContext } from '../command.js';
import { visibleText } from '../visible-text.js';
import { deploys, ofRelease, sourceMaps, type CommandLines, type DeployedNames } from './command-lines.js';
import { findSentryCli, runSentryCli } from './sentry-cli.js';

interface Wrapped {
  readonly name: string;
  readonly description: string;
  /** The command of `sentry-cli` whose options are accepted. */
  readonly original: string;
  readonly lines: CommandLines;
}

const WRAPPED: readonly Wrapped[] = [
  { name: 'new', description: 'create the release', original: 'releases new', lines: ofRelease('new') },
  {
    name: 'set-commits',
    description: 'tell Sentry which commits it contains: --auto',
    original: 'releases set-commits',
    lines: ofRelease('set-commits'),
  },
  {
    name: 'sourcemaps',
    description: 'put debug ids into built files and upload their source maps: dist',
    original: 'sourcemaps upload',
    lines: sourceMaps,
  },
  { name: 'finalize', description: 'mark it as released', original: 'releases finalize', lines: ofRelease('finalize') },
  {
    name: 'deploys',
    description: 'tell Sentry where it was deployed: --env production',
    original: 'deploys new',
    lines: deploys,
  },
];

/** `release`: runs `sentry-cli` with the names that `initSentry` uses. */
export const addRelease: AddCommand = (program, context) => {
  const release = program.command('release').description('tell Sentry of a release, with sentry-cli');
  release
    .command('name')
    .description('print the release that initSentry uses, and nothing else')
    .action(() => {
      context.terminal.out(deployedNames().release);
    });
  for (const wrapped of WRAPPED) {
    release
      .command(wrapped.name)
      .description(wrapped.description)
      .argument('[arguments...]', `those of sentry-cli ${wrapped.original}`)
      .allowUnknownOption()
      .addHelpText('after', `\nOptions are passed on: see npx sentry-cli ${wrapped.original} --help.`)
      .action(async (args: string[]) => {
        await runWrapped(wrapped.lines, args, context);
      });
  }
  release.addHelpText(
    'after',
    [
      '',
      'SENTRY_AUTH_TOKEN, SENTRY_ORG, SENTRY_PROJECT and SENTRY_URL are read by sentry-cli.',
      'The exit code is that of sentry-cli.',
    ].join('\n'),
  );
};

async function runWrapped(lines: CommandLines, args: readonly string[], context: CommandContext): Promise<void> {
  const { terminal } = context;
  const path = findSentryCli(process.cwd());
  const names = deployedNames();
  terminal.err(painter(terminal.colours.err)('dim', `Release ${visibleText(names.release)}`));
  for (const line of lines(names, args)) {
    context.exitCode = await runSentryCli(path, line);
    if (context.exitCode !== 0) return;
  }
}

function deployedNames(): DeployedNames {
  const { release = detectRelease(), environment } = optionsFromEnvironment(process.env);
  const problem = release === undefined ? undefined : problemOfRelease(release);
  if (release !== undefined && problem === undefined) return { release, environment };
  throw new ConfigurationError({
    path: 'SENTRY_RELEASE',
    received: release,
    expected: problem
      ? `a name that Sentry takes: ${problem}`
      : 'a release: a variable, a git commit, or name and version in package.json',
    fix: 'set SENTRY_RELEASE, for example to the commit',
  });
}
