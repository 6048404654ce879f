import { type Command } from 'commander';
import { ChannelQueue } from '../../alerts/channels/channel-queue.js';
import { singleNotification } from '../../alerts/engine/notifications.js';
import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import type { ResolvedAlerts } from '../../alerts/resolve-alerts.js';
import { compileScrubber } from '../../scrubbing/index.js';
import { ConfigurationError } from '../../options/configuration-error.js';
import { optionsFromEnvironment } from '../../options/environment.js';
import { type AddCommand, type CommandContext } from '../command.js';
import { painter } from '../colour.js';
import { keepingAlive } from '../keeping-alive.js';
import { visibleText } from '../visible-text.js';
import { loadAlerts } from './alert-file.js';
import { applyDifference, compareRules, type Comparison } from './compare-rules.js';
import { targetOf } from './sentry-api.js';

interface Flags {
  file?: string;
  org?: string;
  project?: string;
  url?: string;
  dryRun?: true;
}

/** `alerts`: shows and tries the rules of the application, and brings them to Sentry. */
export const addAlerts: AddCommand = (program, context) => {
  const alerts = program.command('alerts').description('list and test alert rules, and push them to Sentry');
  const add = (name: string, description: string) =>
    alerts
      .command(name)
      .description(description)
      .option('--file <path>', 'a file whose default export is defineAlerts({ … }); default: the environment');
  const addRemote = (name: string, description: string) =>
    add(name, description)
      .option('--org <slug>', 'organization; default: SENTRY_ORG')
      .option('--project <slug>', 'project; default: SENTRY_PROJECT')
      .option('--url <url>', 'address of Sentry; default: SENTRY_URL, or https://sentry.io');

  add('list', 'list rules and their channels').action(async ({ file }: Flags) => {
    list(await loadAlerts(file), context);
  });
  add('test', 'send a test message to the channels of a rule')
    .argument('<rule>', 'name of the rule')
    .action(async (rule: string, { file }: Flags) => {
      await test(await loadAlerts(file), rule, context);
    });
  addRemote('diff', 'compare the rules with those of Sentry').action(async (flags: Flags) => {
    const { comparison } = await compare(flags);
    if (show(comparison, context)) context.exitCode = 1;
  });
  addRemote('push', 'create or update the rules in Sentry')
    .option('--dry-run', 'only show what would be done')
    .action(async (flags: Flags) => {
      await push(flags, context);
    });
  for (const command of alerts.commands as Command[]) {
    command.addHelpText('after', '\nThe token for Sentry is read from SENTRY_AUTH_TOKEN.');
  }
};

function list({ rules, channels }: ResolvedAlerts, { terminal }: CommandContext): void {
  const all = Object.keys(channels);
  for (const { name, kind, severity = 'error', notify = all, escalate = [] } of rules) {
    const steps = escalate.map(({ after, notify: names }) => `, after ${after}: ${names.join(', ')}`).join('');
    terminal.out(visibleText(`${name}  ${kind}  ${severity}  ${notify.join(', ') || '(no channel)'}${steps}`, 500));
  }
}

async function test(alerts: ResolvedAlerts, name: string, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const rule = alerts.rules.find((each) => each.name === name);
  if (!rule) {
    throw new ConfigurationError({
      path: 'rule',
      received: name,
      expected: `one of ${alerts.rules.map((each) => each.name).join(', ')}`,
      fix: 'see nestjs-error-tracker alerts list',
    });
  }
  const { environment = 'development', release } = optionsFromEnvironment(process.env);
  const severity = rule.severity ?? 'error';
  const text = { title: `Test of the rule ${name}`, message: 'Nothing has happened.', tags: {} };
  const notification = {
    ...singleNotification('test', { name, severity }, text, { now: Date.now(), count: 0 }),
    environment,
    ...(release !== undefined && { release }),
  };
  const named = [
    ...(rule.notify ?? Object.keys(alerts.channels)),
    ...(rule.escalate ?? []).flatMap((step) => step.notify),
  ];
  const paint = painter(terminal.colours.out);
  for (const channelName of new Set(named)) {
    const channel = alerts.channels[channelName];
    if (!channel) {
      terminal.out(`${channelName}  silenced`);
      continue;
    }
    terminal.err(`Sending to ${channelName} …`);
    const failure = await keepingAlive(() => trySend(channel, { ...notification }));
    if (failure !== undefined) context.exitCode = 1;
    terminal.out(
      failure === undefined
        ? `${channelName}  ${paint('good', 'sent')}`
        : `${channelName}  ${paint('bad', 'failed')}  ${visibleText(failure, 300)}`,
    );
  }
}

/** What a receiver answers may quote what it was sent. */
const scrubber = compileScrubber();

/** @returns why it has failed */
async function trySend(channel: AlertChannel, notification: AlertNotification): Promise<string | undefined> {
  const queue = new ChannelQueue(
    { digest: false, send: (each, signal) => channel.send(each, signal) },
    { inProcess: (run) => run(), clean: (reason) => scrubber.text(reason) },
  );
  queue.push(notification);
  await queue.close();
  const { failed, lastError = '' } = queue.status();
  return failed > 0 ? lastError : undefined;
}

async function compare(flags: Flags) {
  const { rules } = await loadAlerts(flags.file);
  const { api, target } = targetOf(flags, process.env);
  return { api, target, comparison: await compareRules(rules, api, target) };
}

async function push(flags: Flags, context: CommandContext): Promise<void> {
  const { api, target, comparison } = await compare(flags);
  show(comparison, context);
  if (flags.dryRun) {
    context.terminal.err('Nothing was changed.');
    return;
  }
  const pending = comparison.differences.filter(({ action }) => action !== 'none');
  let failed = 0;
  for (const difference of pending) {
    try {
      await applyDifference(difference, api, target);
    } catch (error) {
      failed++;
      context.terminal.err(visibleText(`${difference.equivalent.name}: ${(error as Error).message}`, 800));
    }
  }
  const done = pending.length - failed;
  context.terminal.err(pending.length === 0 ? 'Nothing to do.' : `${done} rules created or updated.`);
  if (failed > 0) throw new Error(`Sentry has refused ${failed} of ${pending.length} rules`);
}

/** @returns whether anything has to be done */
function show({ differences, leftOver }: Comparison, { terminal }: CommandContext): boolean {
  for (const { equivalent, action, changed } of differences) {
    const name = visibleText(equivalent.name);
    if (equivalent.kind === 'none') {
      terminal.out(`no equivalent  ${name}: ${visibleText(equivalent.reason)}`);
      continue;
    }
    const detail = action === 'update' ? `: ${changed.join(', ')}` : '';
    const notes = equivalent.notes.map((note) => ` (${note})`).join('');
    terminal.out(`${action === 'none' ? 'unchanged' : action}  ${equivalent.kind} alert  ${name}${detail}${notes}`);
  }
  for (const name of leftOver)
    terminal.out(`left over  ${visibleText(name)}: no rule has this name; delete it in Sentry`);
  return differences.some(({ action }) => action !== 'none');
}
