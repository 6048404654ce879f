import { type Command } from 'commander';
import { type Terminal } from './terminal.js';

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** 0 done, 1 it failed or found something; a command sets it. Wrong use is 2 and never set by hand. */
  exitCode: number;
}

/** One command of the program; each has a file of its own. */
export type AddCommand = (program: Command, context: CommandContext) => void;
