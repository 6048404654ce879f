import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { isLoopback } from '../client/own-addresses.js';
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

/** The highest limits: those that keep an event small would cut a file. */
const MAX_LIMITS = {
  maxDepth: 128,
  maxBreadth: 1_000_000,
  maxStringLength: 10_000_000,
  maxBytes: 100_000_000,
  maxWork: 1e12,
};

/** `scrub`: prints text or JSON as it would be sent. */
export const addScrub: AddCommand = (program, { terminal }) => {
  program
    .command('scrub')
    .description('remove secrets and personal data from text, JSON or JSON lines')
    .argument('[file]', 'file to scrub; reads standard input if omitted or -', '-')
    .option('--json', 'print one JSON object { output, removed: [{ path, rule }] }')
    .addOption(
      new Option(
        '--pii <mode>',
        'how to handle e-mail and IP addresses (default: "pseudonym"; "keep" if SENTRY_SEND_DEFAULT_PII=true)',
      ).choices(['keep', 'pseudonym', 'redact']),
    )
    .addHelpText('after', '\nPrints the scrubbed text to stdout, and one line "path rule" per removal to stderr.')
    .action(async (file: string, { json, pii }: ScrubFlags) => {
      const scrubber = compileScrubber(
        { ...applicationOptions(), ...(pii && { pii }), ...MAX_LIMITS },
        { isOwnAddress: isLoopback },
      );
      const { text, output, removed } = scrubDocument(await read(file, terminal), scrubber);
      if (json) {
        terminal.out(JSON.stringify({ output, removed }));
        return;
      }
      terminal.write(text);
      for (const { path, rule } of removed) terminal.err(`${visibleText(path, 500) || '(text)'} ${rule}`);
    });
};

/** The scrubbing options that the environment gives to the application. */
function applicationOptions(): ScrubbingOptions {
  const { SENTRY_SEND_DEFAULT_PII } = process.env;
  return optionsFromEnvironment({ SENTRY_SEND_DEFAULT_PII }).scrubbing || {};
}

async function read(file: string, terminal: Terminal): Promise<string> {
  if (file !== '-') return readFile(file, 'utf8');
  if (terminal.typed) terminal.err('Type or paste the text, then press Ctrl-D on an empty line.');
  return terminal.input();
}
