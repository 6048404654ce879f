import { ConfigurationError } from '../../options/configuration-error.js';

/** The names that the events of an application carry. */
export interface DeployedNames {
  readonly release: string;
  /** Undefined if no variable names it. */
  readonly environment?: string;
}

/**
 * @returns the command lines of `sentry-cli` that are to be run one after the other
 * @throws ConfigurationError - if a name is needed that nothing tells
 */
export type CommandLines = (names: DeployedNames, args: readonly string[]) => string[][];

/** For a command of `sentry-cli` that takes the release as its first argument. */
export const ofRelease =
  (command: string): CommandLines =>
  ({ release }, args) => [['releases', command, release, ...args]];

export const deploys: CommandLines = ({ release, environment }, args) => {
  const [command, rest] = split(args, ['new', 'list'], 'new');
  const isNamed = command !== 'new' || hasOption(rest, 'env', 'e') || hasOption(rest, 'help', 'h');
  if (!isNamed && environment === undefined)
    throw new ConfigurationError({
      path: 'SENTRY_ENVIRONMENT',
      received: undefined,
      expected: 'the environment that was deployed to',
      fix: 'set SENTRY_ENVIRONMENT, or add --env production',
    });
  return [['deploys', command, ...withRelease(release, rest), ...(isNamed ? [] : [`--env=${environment}`]), ...rest]];
};

/** Debug ids are put into the files first: they are what an event and an uploaded source map have in common. */
export const sourceMaps: CommandLines = ({ release }, args) => {
  const [command, rest] = split(args, ['inject', 'upload', 'resolve'], undefined);
  const withName = [...withRelease(release, rest), ...rest];
  if (command !== undefined) return [['sourcemaps', command, ...withName]];
  return [
    ['sourcemaps', 'inject', ...withoutUploadOptions(withName)],
    ['sourcemaps', 'upload', ...withName],
  ];
};

function split<D>(args: readonly string[], commands: readonly string[], otherwise: D): [string | D, readonly string[]] {
  const [first = '', ...rest] = args;
  return commands.includes(first) ? [first, rest] : [otherwise, args];
}

function withRelease(release: string, args: readonly string[]): string[] {
  return hasOption(args, 'release', 'r') ? [] : [`--release=${release}`];
}

function hasOption(args: readonly string[], long: string, short: string): boolean {
  return args.some((arg) => (/^--/.test(arg) ? arg.split('=')[0] === `--${long}` : arg.startsWith(`-${short}`)));
}

/** Of `sourcemaps upload`, and not of `sourcemaps inject`. `--ext` means other files there. */
export const UPLOAD_OPTIONS: Readonly<Record<'withValue' | 'alone', readonly string[]>> = {
  withValue: [
    '--url-prefix',
    '-u',
    '--url-suffix',
    '--dist',
    '-d',
    '--note',
    '--wait-for',
    '--strip-prefix',
    '--bundle',
    '--bundle-sourcemap',
    '--ext',
    '-x',
  ],
  alone: [
    '--validate',
    '--decompress',
    '--wait',
    '--no-sourcemap-reference',
    '--debug-id-reference',
    '--no-rewrite',
    '--strip-common-prefix',
    '--strict',
    '-s',
  ],
};

function withoutUploadOptions(args: readonly string[]): string[] {
  const { withValue, alone } = UPLOAD_OPTIONS;
  return args.filter((arg, at) => {
    const previous = args[at - 1] ?? '';
    const name = /^--/.test(arg) ? (arg.split('=')[0] ?? '') : arg.slice(0, 2);
    return !withValue.includes(previous) && !withValue.includes(name) && !alone.includes(arg);
  });
}
