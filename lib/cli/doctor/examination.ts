import type { ConfigurationError } from '../../options/configuration-error.js';
import type { EntryFacts } from './facts/entry-facts.js';
import type { EntryRun } from './run-entry.js';
import type { Finding, Topic } from './finding.js';
import type { SeenOptions } from './facts/seen-options.js';
import type { StartCommand } from './start-command.js';

/** What checks look at. */
export interface Examination {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly command: StartCommand;
  readonly run: EntryRun;
  /** Of the started application. */
  readonly facts?: EntryFacts;
  /** Those in use; those of the environment if the application did not start Sentry; undefined if they are wrong. */
  readonly options?: SeenOptions;
  /** Why they are wrong, or those of the environment are; first what the application was stopped by. */
  readonly wrong: readonly Pick<ConfigurationError, 'path' | 'message'>[];
  /** Text of somebody else, without secrets, on one line. */
  readonly quote: (text: string) => string;
}

/** One check, in a file of its own. */
export interface Check {
  /** Undefined if all other checks depend on it: it is part of each topic. */
  readonly topic: Topic | undefined;
  readonly run: (examination: Examination) => Finding[] | Promise<Finding[]>;
}

/** Whether it runs for users: in development, much of what checks look at does not matter. */
export function isDeployed({ preset }: SeenOptions): boolean {
  return preset !== 'development';
}
