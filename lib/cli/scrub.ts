import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { optionsFromEnvironment } from '../options/environment.js';
import type { ScrubbingOptions } from '../options/scrubbing-options.js';
import { compileScrubber } from '../scrubbing/index.js';
import { type AddCommand } from './command.js';
import { scrubDocument } from './scrub-document.js';
import { type Terminal } from './terminal.js';
import { visibleText } from './visible-text.js';

interface ScrubFlags {
  json?: true;
  pii?: 'keep' | 'pseudonym' | 'redact';
}

/** A file is cleaned whole: the limits that keep an event small would cut it. These are the widest there are. */
const WIDE = { maxDepth: 128, maxBreadth: 1_000_000, maxStringLength: 10_000_000, maxBytes: 100_000_000 };

/** `scrub`: shows what the rules leave of a text or of JSON. */
export const addScrub: AddCommand = (program, { terminal }) => {
  program
    .command('scrub')
    .description('take secrets and personal data out of a text, of JSON or of JSON lines')
    .argument('[file]', 'what to scrub; - or nothing reads the standard input', '-')
    .option('--json', 'print one object { output, removed: [{ path, rule }] }')
    .addOption(
      new Option(
        '--pii <mode>',
        'what happens to e-mail and IP addresses (default: "pseudonym"; "keep" with SENTRY_SEND_DEFAULT_PII=true)',
      ).choices(['keep', 'pseudonym', 'redact']),
    )
    .addHelpText('after', '\nThe scrubbed text goes to stdout; for each removal one line "path rule" to stderr.')
    .action(async (file: string, { json, pii }: ScrubFlags) => {
      const scrubber = compileScrubber({ ...asTheApplication(), ...(pii && { pii }), ...WIDE });
      const { text, output, removed } = scrubDocument(await read(file, terminal), scrubber);
      if (json) {
        terminal.out(JSON.stringify({ output, removed }));
        return;
      }
      terminal.write(text);
      for (const { path, rule } of removed) terminal.err(`${visibleText(path, 500) || '(text)'} ${rule}`);
    });
};

/** What the environment says to the application holds here, too; its other variables do not matter. */
function asTheApplication(): ScrubbingOptions {
  const { SENTRY_SEND_DEFAULT_PII } = process.env;
  return optionsFromEnvironment({ SENTRY_SEND_DEFAULT_PII }).scrubbing || {};
}

async function read(file: string, terminal: Terminal): Promise<string> {
  if (file !== '-') return readFile(file, 'utf8');
  if (terminal.typed) terminal.err('Type or paste the text; Ctrl-D on a line of its own ends it.');
  return terminal.input();
}
