import { InvalidArgumentError } from 'commander';
import { painter } from '../colour.js';
import { type AddCommand, type CommandContext } from '../command.js';
import { CHECKS } from './checks/index.js';
import { examine } from './examine.js';
import { TOPICS, type Finding, type Severity, type Topic } from './finding.js';
import { commandText, startCommand } from './start-command.js';

interface Flags {
  environment?: string;
  entry?: string;
  only?: Topic[];
  json?: true;
  strict?: true;
}

const ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** `doctor`: starts the application, and tells what is wrong with its error tracking. */
export const addDoctor: AddCommand = (program, context) => {
  program
    .command('doctor')
    .description('start the application, check how it is tracked, and say how to mend what is wrong')
    .option('--environment <name>', 'check it as in this environment; default: SENTRY_ENVIRONMENT')
    .option(
      '--entry <file>',
      'the built file that starts the application; default: that of the start script, or dist/main.js',
    )
    .option('--only <topics>', `check only these, separated by commas: ${TOPICS.join(', ')}`, topics)
    .option('--json', 'print one JSON object { findings: [{ id, severity, what, why, fix }] }')
    .option('--strict', 'exit with 1 if there are warnings')
    .addHelpText(
      'after',
      [
        '',
        'The application is started in a process of its own, which ends once it listens: it connects to its database and',
        'other services, but nothing is sent to Sentry. Then one envelope without an event is sent to the DSN.',
        'Exit codes: 0 no errors, 1 only warnings and --strict, 2 an error.',
      ].join('\n'),
    )
    .action(async (flags: Flags) => {
      await diagnose(flags, context);
    });
};

function topics(value: string): Topic[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name): name is Topic => (TOPICS as readonly string[]).includes(name))) return names;
  throw new InvalidArgumentError(`Expected one or more of ${TOPICS.join(', ')}, separated by commas.`);
}

async function diagnose(
  { environment, entry, only = [...TOPICS], json, strict }: Flags,
  context: CommandContext,
): Promise<void> {
  const { terminal } = context;
  const folder = process.cwd();
  const command = startCommand(folder, entry, process.env);
  const named = environment === undefined ? {} : { SENTRY_ENVIRONMENT: environment };
  const variables = { ...process.env, ...command.variables, ...named };
  const say = painter(terminal.colours.err);
  terminal.err(
    say('dim', `Starting ${commandText(command, folder)}: nothing is sent to Sentry, and it ends once it listens.`),
  );
  const examination = await examine(command, variables, folder, terminal.interrupted());
  if (only.includes('connectivity') && examination.options?.dsn)
    terminal.err(say('dim', 'Sending one envelope without an event to the DSN.'));
  if (examination.run.failure !== undefined && !only.includes('configuration'))
    terminal.err(`The application could not be started (${examination.run.failure}): only its variables are checked.`);
  const findings: Finding[] = [];
  for (const { topic, run } of CHECKS)
    if (topic === undefined || only.includes(topic)) findings.push(...(await run(examination)));
  findings.sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  if (json) terminal.out(JSON.stringify({ findings }));
  else print(findings, context);
  context.exitCode = exitCodeOf(findings, strict);
}

function exitCodeOf(findings: readonly Finding[], strict = false): number {
  if (findings.some(({ severity }) => severity === 'error')) return 2;
  return strict && findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

function print(findings: readonly Finding[], { terminal }: CommandContext): void {
  const paint = painter(terminal.colours.out);
  for (const { id, severity, what, why, fix } of findings) {
    terminal.out(
      `${paint(severity === 'error' ? 'bad' : 'strong', severity.padEnd(7))}  ${paint('strong', id)}  ${what}`,
    );
    terminal.out(`         why: ${why}`);
    terminal.out(`         fix: ${fix}\n`);
  }
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  terminal.out(
    findings.length === 0
      ? paint('good', 'Nothing found.')
      : `Errors: ${count('error')}, warnings: ${count('warning')}, notes: ${count('info')}.`,
  );
}
