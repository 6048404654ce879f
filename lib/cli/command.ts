import { type Command } from 'commander';
import { type Terminal } from './terminal.js';

/** What a command runs with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** 0 success, 1 failure or findings; set by the command. Usage errors are 2 and never set by a command. */
  exitCode: number;
}

/** Adds one command to the program. Each command has its own file. */
export type AddCommand = (program: Command, context: CommandContext) => void;
