import { unreadVariables } from '../../../options/known-variables.js';
import type { Check } from '../examination.js';

/** `variable-unknown`. */
export const variablesAreRead: Check = {
  topic: 'configuration',
  run: ({ environment }) =>
    unreadVariables(environment).map(({ name, meant }) => ({
      id: 'variable-unknown',
      severity: 'warning',
      what: `Nothing reads the variable ${name}.`,
      ...(environment[meant]?.trim()
        ? { why: `It looks like ${meant}, which is set as well.`, fix: 'Remove it.' }
        : { why: `It looks like ${meant}, whose default applies.`, fix: `Rename it to ${meant}, or remove it.` }),
    })),
};
