import { INBOX_DEFAULT_LIMIT, INBOX_DEFAULT_PORT, projectFolderOf, startInbox } from '../inbox/index.js';
import { painter } from './colour.js';
import { type AddCommand } from './command.js';
import { describeEvent } from './inbox-line.js';
import { wholeNumber } from './whole-number.js';

interface InboxFlags {
  port: number;
  file?: string;
  limit: number;
  project?: string;
}

/** `inbox`: receives what Sentry clients send and shows it on a local page, until interrupted. */
export const addInbox: AddCommand = (program, { terminal }) => {
  program
    .command('inbox')
    .description('receive events on this machine and show them on a live page')
    .option(
      '--port <number>',
      'port to listen on; 0 selects a free one',
      wholeNumber(0, 65_535, `--port ${INBOX_DEFAULT_PORT}`),
      INBOX_DEFAULT_PORT,
    )
    .option('--file <path>', 'store items in this file and load them at the next start')
    .option(
      '--limit <number>',
      'maximum number of items to keep',
      wholeNumber(1, 1_000_000, '--limit 500'),
      INBOX_DEFAULT_LIMIT,
    )
    .option(
      '--project <folder>',
      'folder below which sources are read for stack traces (default: the nearest with a package.json)',
    )
    .action(async ({ port, file, limit, project = projectFolderOf(process.cwd()) }: InboxFlags) => {
      const paint = painter(terminal.colours.out);
      const interrupted = terminal.interrupted(); // before the start, so that no signal is missed
      const inbox = await startInbox({
        port,
        limit,
        ...(file !== undefined && { file }),
        ...(project !== undefined && { project }),
        onFault: (message) => {
          terminal.err(`inbox: ${message}`);
        },
      });
      terminal.out(`Inbox  ${paint('strong', inbox.url)}`);
      terminal.out(`DSN    ${inbox.dsn}`);
      terminal.err(painter(terminal.colours.err)('dim', 'Waiting for events. Press Ctrl-C to stop.'));
      inbox.onItem((item) => {
        const line = describeEvent(item, inbox.url);
        if (line !== undefined) terminal.err(line);
      });
      await interrupted;
      await inbox.close();
    });
};
