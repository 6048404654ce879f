import type { Check } from '../examination.js';

/** `dsn-malformed`, `configuration-invalid`: the application does not start, and nothing else can be checked. */
export const configurationIsValid: Check = {
  topic: undefined,
  run: ({ wrong }) =>
    wrong.map(({ path, message }) => {
      const [, what = message, fix = 'correct it'] = /^([^]*?)\. Fix: ([^]*?)\.?$/.exec(message) ?? [];
      return {
        id: /(?:^|\.|_)dsn$/i.test(path) ? 'dsn-malformed' : 'configuration-invalid',
        severity: 'error',
        what: `${what}.`,
        why: 'The application does not start with a wrong option or variable.',
        fix: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}.`,
      };
    }),
};
