import { type AddCommand } from '../../lib/cli/command.js';
import { ConfigurationError } from '../../lib/options/configuration-error.js';
import { runCommandLine } from '../../lib/cli/program.js';
import { testTerminal } from './test-terminal.js';

describe('a usage error', () => {
  it.each([
    ['no command at all', [], 'Usage: nestjs-error-tracker'],
    ['an unknown command', ['inbx'], "unknown command 'inbx'\n(Did you mean inbox?)\nRun nestjs-error-tracker --help for usage."],
    ['an unknown option', ['inbox', '--prot', '1'], "unknown option '--prot'\n(Did you mean --port?)\nRun nestjs-error-tracker inbox --help for usage."],
    ['a port that is not a number', ['inbox', '--port', 'abc'], "'abc' is invalid. Expected a whole number from 0 to 65535, for example --port 8970."],
    ['a port out of range', ['inbox', '--port', '65536'], "'65536' is invalid. Expected a whole number from 0 to 65535"],
    ['a negative port', ['inbox', '--port=-1'], "'-1' is invalid. Expected a whole number from 0 to 65535"],
    ['a port with a fraction', ['inbox', '--port', '80.5'], "'80.5' is invalid. Expected a whole number"],
    ['a limit of 0', ['inbox', '--limit', '0'], "'0' is invalid. Expected a whole number from 1 to 1000000, for example --limit 500."],
    ['an option without its value', ['inbox', '--file'], "'--file <path>' argument missing"],
    ['an extra argument', ['inbox', 'now'], "too many arguments for 'inbox'"],
    ['an unknown PII mode', ['scrub', '--pii', 'hide'], "'hide' is invalid. Allowed choices are keep, pseudonym, redact."],
    ['a missing argument', ['explain'], "missing required argument 'value'"],
  ])('is %s: exit code 2, and a message that says how to fix it', async (_what, args, message) => {
    const terminal = testTerminal();
    expect(await runCommandLine(args, terminal)).toBe(2);
    expect(terminal.stderr).toContain(message);
    expect(terminal.stdout).toBe('');
  }); // prettier-ignore
});

describe('--help', () => {
  it.each([[[]], [['inbox']], [['test']], [['scrub']], [['explain']]])(
    'of %j goes to stdout, with exit code 0',
    async (command) => {
      const terminal = testTerminal();
      expect(await runCommandLine([...command, '--help'], terminal)).toBe(0);
      expect(terminal.stdout).toContain(`Usage: ${['nestjs-error-tracker', ...command].join(' ')}`);
      expect(terminal.stderr).toBe('');
    },
  );
});

it('exits with 2 for a ConfigurationError and with 1 for any other failure', async () => {
  const failing = (error: Error): AddCommand => {
    return (program) => void program.command('fail').action(() => Promise.reject(error));
  };
  const wrong = new ConfigurationError({ path: 'dsn', received: 'x', expected: 'a DSN', fix: 'copy it' });
  for (const [error, exitCode] of [[wrong, 2], [new Error('disk full'), 1]] as const) {
    const terminal = testTerminal();
    expect(await runCommandLine(['fail'], terminal, [failing(error)])).toBe(exitCode);
    expect(terminal.stderr).toBe(`error: ${error.message}\n`);
  }
}); // prettier-ignore

it('uses colours on a terminal but not in a pipe', async () => {
  for (const colours of [true, false]) {
    const terminal = testTerminal({ colours });
    await runCommandLine(['explain', 'secret', '--key', 'password'], terminal);
    await runCommandLine(['nonsense'], terminal);
    expect(terminal.stdout.includes('\u001b[')).toBe(colours);
    expect(terminal.stderr.includes('\u001b[')).toBe(colours);
  }
});
