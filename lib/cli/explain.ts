import { isLoopback } from '../client/own-addresses.js';
import { compileScrubber } from '../scrubbing/index.js';
import { painter } from './colour.js';
import { type AddCommand } from './command.js';

/** `explain`: tells whether a value would be sent, and why. */
export const addExplain: AddCommand = (program, { terminal }) => {
  program
    .command('explain')
    .description('tell whether a value would be removed before it is sent, and by which rule')
    .argument('<value>', 'the value as it would appear in an event')
    .option('--key <name>', 'the name of its property, for example password')
    .action((value: string, { key }: { key?: string }) => {
      const { output, removed, rule, reason } = compileScrubber({}, { isOwnAddress: isLoopback }).explain(value, key);
      const paint = painter(terminal.colours.out);
      terminal.out(`removed  ${removed ? paint('good', 'yes') : 'no'}`);
      if (rule !== undefined) terminal.out(`rule     ${rule}`);
      terminal.out(`reason   ${reason}`);
      terminal.out(`sent as  ${output}`);
    });
};
