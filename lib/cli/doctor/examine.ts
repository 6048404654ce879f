import { stripVTControlCharacters } from 'node:util';
import { alertsFromEnvironment } from '../../alerts/environment.js';
import { isLoopback } from '../../client/own-addresses.js';
import { ConfigurationError } from '../../options/configuration-error.js';
import { resolveInit } from '../../options/resolve-init.js';
import { compileScrubber } from '../../scrubbing/index.js';
import { visibleText } from '../visible-text.js';
import type { Examination } from './examination.js';
import { runEntry } from './run-entry.js';
import { seenOptions, type SeenOptions } from './facts/seen-options.js';
import type { StartCommand } from './start-command.js';

const MOST_QUOTED = 300;

/** Starts the application, and puts together what checks look at. */
export async function examine(
  command: StartCommand,
  environment: NodeJS.ProcessEnv,
  folder: string,
  interrupted: Promise<unknown>,
): Promise<Examination> {
  const run = await runEntry(command, environment, folder, interrupted);
  const scrubber = compileScrubber({}, { isOwnAddress: isLoopback });
  const quote = (text: string) =>
    visibleText(String(scrubber.inspect(stripVTControlCharacters(text)).output), MOST_QUOTED);
  const fromEnvironment = environmentOptions(environment);
  const stopped = configurationProblem(run.facts?.error, run.output);
  // An application that has started Sentry has read them.
  const further = run.facts?.sentry ? [] : fromEnvironment.wrong.filter(({ path }) => path !== stopped?.path);
  const wrong = [...(stopped ? [stopped] : []), ...further];
  const options = run.facts?.sentry?.options ?? (wrong.length > 0 ? undefined : fromEnvironment.options);
  return { folder, environment, command, run, facts: run.facts, options, wrong, quote };
}

/** Each reading fails with the first variable that is wrong: without that one, the next reading finds others. */
function environmentOptions(environment: NodeJS.ProcessEnv): { options?: SeenOptions; wrong: ConfigurationError[] } {
  const left = { ...environment };
  const wrong: ConfigurationError[] = [];
  for (;;) {
    try {
      const options = seenOptions(resolveInit(undefined, left));
      alertsFromEnvironment(left);
      return { options, wrong };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      wrong.push(error);
      if (left[error.path] === undefined) return { wrong };
      Reflect.deleteProperty(left, error.path);
    }
  }
}

/** Nest prints an error that it meets while it creates the application, and ends the process. */
const PRINTED = /ConfigurationError: (\S+): received (.+)/;

function configurationProblem(
  error: { name: string; message: string } | undefined,
  output: string,
): Examination['wrong'][number] | undefined {
  const message = error?.name === 'ConfigurationError' ? error.message : undefined;
  if (message !== undefined) return { path: message.split(': ', 1)[0] ?? '', message };
  const [, path, rest] = PRINTED.exec(output) ?? [];
  return path === undefined
    ? undefined
    : { path, message: stripVTControlCharacters(`${path}: received ${rest ?? ''}`) };
}
