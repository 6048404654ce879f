import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../options/configuration-error.js';
import { addAlerts } from './alerts/alerts.js';
import { type AddCommand, type CommandContext } from './command.js';
import { painter } from './colour.js';
import { addDoctor } from './doctor/doctor.js';
import { addExplain } from './explain.js';
import { addInbox } from './inbox.js';
import { addRelease } from './release/release.js';
import { addScrub } from './scrub.js';
import { type Terminal } from './terminal.js';
import { addTest } from './test/test.js';

const NAME = 'nestjs-error-tracker';
const COMMANDS: readonly AddCommand[] = [addInbox, addDoctor, addTest, addScrub, addExplain, addAlerts, addRelease];

/**
 * Runs one command line.
 *
 * @param args - the arguments after the program's name
 * @param commands - the commands of the program; a `ConfigurationError` that one of them throws is a usage error
 * @returns the exit code: 0 success, 1 failure or findings, 2 usage error
 */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  commands = COMMANDS,
): Promise<number> {
  const context: CommandContext = { terminal, exitCode: 0 };
  try {
    await makeProgram(context, commands).parseAsync([...args], { from: 'user' });
    return context.exitCode;
  } catch (error) {
    // Commander has printed its message; requested help is an error with exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(`${painter(terminal.colours.err)('bad', 'error:')} ${message}`);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

function makeProgram(context: CommandContext, commands: readonly AddCommand[]): Command {
  const { terminal } = context;
  const program = new Command(NAME)
    .description('Command-line tools of nestjs-error-tracker. Results go to stdout, progress to stderr.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.write(text);
      },
      writeErr: (text) => {
        terminal.err(text.replace(/\n$/, ''));
      },
      getOutHasColors: () => terminal.colours.out,
      getErrHasColors: () => terminal.colours.err,
      outputError: (text, write) => {
        write(text.replace(/^error:/, painter(terminal.colours.err)('bad', 'error:')));
      },
    })
    .addHelpText('after', '\nExit codes: 0 success, 1 failure or findings, 2 usage error.');
  for (const add of commands) add(program, context);
  for (const command of [program, ...program.commands]) {
    const path = command === program ? NAME : `${NAME} ${command.name()}`;
    command.showHelpAfterError(`Run ${path} --help for usage.`);
  }
  return program;
}
