import { basename } from 'node:path';
import type { Check } from '../examination.js';

/** How much is shown of what the application has printed. */
const MOST_LINES = 3;

/** `entry-failed`: what only the started application shows is not checked. */
export const entryStarts: Check = {
  topic: 'configuration',
  run: ({ command, facts, run, wrong, quote }) => {
    if (wrong.length > 0) return []; // it ended for that reason
    const reason = run.failure ?? reasonOf(facts);
    if (reason === undefined) return [];
    const said = run.output.trim().split('\n').slice(-MOST_LINES).map(quote).filter(Boolean).join(' | ');
    return [
      {
        id: 'entry-failed',
        severity: 'error',
        what: `${basename(command.file)} could not be started: ${quote(reason)}.${said && ` Its last words: ${said}`}`,
        why: 'Only the variables of the environment were checked, not the options of the application, its modules and its start.',
        fix: 'Build the application, name its built file with --entry dist/main.js, and run the command where its database and other services can be reached.',
      },
    ];
  },
};

function reasonOf(facts: Parameters<Check['run']>[0]['facts']): string | undefined {
  if (!facts || facts.isListening || facts.isBootstrapped) return undefined;
  if (facts.error) {
    const { name, message, place } = facts.error;
    return `${name}: ${message}${place === undefined ? '' : ` at ${place}`}`;
  }
  if (!('@nestjs/core' in facts.packages)) return 'it does not load Nest';
  if (facts.exitCode !== undefined)
    return facts.exitCode === 0 ? undefined : `it ended with exit code ${facts.exitCode}`;
  return 'it did not start in time';
}
