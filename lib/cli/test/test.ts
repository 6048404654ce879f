import { InvalidArgumentError, Option } from 'commander';
import { hasUnreadDsn } from '../../client/unread-dsn.js';
import { ConfigurationError } from '../../options/configuration-error.js';
import { isInboxDsn } from '../../options/dsn.js';
import { parseDuration } from '../../options/duration.js';
import { resolveInit, type ResolvedInit } from '../../options/resolve-init.js';
import { type AddCommand, type CommandContext } from '../command.js';
import { painter } from '../colour.js';
import { ANSWER_TIMEOUT } from '../post-envelope.js';
import { visibleText } from '../visible-text.js';
import { sendTestItems } from './send-test-items.js';
import { printResults, resultsOf } from './test-results.js';
import { TEST_MONITOR, TEST_TAG, TEST_TYPES, type TestType } from './test-type.js';

interface Flags {
  type: TestType | 'all';
  timeout: number;
  json?: true;
}

/** Milliseconds. */
const MOST_TIMEOUT = 600_000;
const WITH_FILE = 'the file .env has one: run node --env-file=.env node_modules/.bin/nestjs-error-tracker test';
/** What the sample rate of errors applies to. */
const EVENTS: ReadonlySet<TestType> = new Set(['error', 'message', 'payment', 'database', 'performance']);

/** `test`: sends real items, and shows what the receiver answers. */
export const addTest: AddCommand = (program, context) => {
  program
    .command('test')
    .description('send real test items as the SENTRY_* variables say, and show what the receiver answers')
    .addOption(new Option('--type <type>', 'what to send').choices([...TEST_TYPES, 'all']).default('error'))
    .addOption(
      new Option('--timeout <duration>', 'how long to wait for each answer')
        .argParser(timeout)
        .default(ANSWER_TIMEOUT, `${ANSWER_TIMEOUT / 1_000}s`),
    )
    .option('--json', 'print one JSON object { host, environment, release, items: [{ type, id, accepted, … }] }')
    .addHelpText(
      'after',
      [
        '',
        `Items are marked with the tag ${TEST_TAG}. Each is sent once, scrubbed, over the way of the events of an`,
        'application; sample rates, throttle and spool do not apply, and what waits in the spool stays there.',
        `cron creates the monitor ${TEST_MONITOR}. Links need SENTRY_ORG, and SENTRY_URL if Sentry is elsewhere.`,
        'Exit codes: 0 everything was accepted, 1 it was not, 2 usage error, or a variable is missing or wrong.',
      ].join('\n'),
    )
    .action(async (flags: Flags) => {
      await test(flags, context);
    });
};

function timeout(value: string): number {
  const milliseconds = parseDuration(value) ?? 0;
  if (milliseconds > 0 && milliseconds <= MOST_TIMEOUT) return milliseconds;
  throw new InvalidArgumentError('Expected a duration of up to 10m, for example 10s.');
}

async function test({ type, timeout, json }: Flags, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const options = resolveInit(undefined, process.env);
  const { environment } = options;
  const dsn = dsnOf(options);
  const { host } = new URL(dsn);
  const types: readonly TestType[] = type === 'all' ? TEST_TYPES : [type];
  const say = painter(terminal.colours.err);
  terminal.err(say('dim', `Sending ${types.join(', ')} to ${host}, environment ${visibleText(environment)} …`));
  for (const note of notesOf(options, types)) terminal.err(note);
  const run = await sendTestItems(types, timeout, (item) => {
    terminal.err(say('dim', `${item.type}: ${item.answer.reason ?? `http_${item.answer.status}`}`));
  });
  const results = resultsOf(run, dsn, process.env);
  if (json) terminal.out(JSON.stringify({ host, environment, release: run.release, items: results }));
  else printResults(results, terminal);
  context.exitCode = results.every(({ accepted }) => accepted) ? 0 : 1;
}

/** @throws ConfigurationError - if nothing is sent */
function dsnOf({ enabled, dsn, environment }: ResolvedInit): string {
  if (!enabled) {
    throw new ConfigurationError({
      path: 'SENTRY_ENABLED',
      received: process.env.SENTRY_ENABLED,
      expected: 'true, because nothing is sent otherwise',
      fix: 'run SENTRY_ENABLED=true npx nestjs-error-tracker test',
    });
  }
  if (dsn !== undefined) return dsn;
  throw new ConfigurationError({
    path: 'SENTRY_DSN',
    received: undefined,
    expected: `a DSN in the environment '${environment}'`,
    fix: hasUnreadDsn() ? WITH_FILE : 'copy it from the project settings in Sentry (Client Keys)',
  });
}

function* notesOf(options: ResolvedInit, types: readonly TestType[]): Generator<string> {
  const { dsn, sampleRate, tracesSampleRate } = options;
  if (isInboxDsn(dsn) && !process.env.SENTRY_DSN && hasUnreadDsn()) yield `There is no SENTRY_DSN; ${WITH_FILE}.`;
  if (sampleRate === 0 && types.some((type) => EVENTS.has(type)))
    yield 'The sample rate of errors is 0: the application sends none. Test events are sent all the same.';
  if (tracesSampleRate === 0 && types.includes('transaction'))
    yield 'The sample rate of traces is 0: the application sends none. The test transaction is sent all the same.';
}
