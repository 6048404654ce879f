import type { Check } from '../examination.js';

/** `dsn-malformed`, `configuration-invalid`: the application does not start, and nothing else can be checked. */
export const configurationIsValid: Check = {
  topic: undefined,
  run: ({ wrong }) => {
    if (!wrong) return [];
    const [, what = wrong.message, fix = 'correct it'] = /^([^]*?)\. Fix: ([^]*?)\.?$/.exec(wrong.message) ?? [];
    return [
      {
        id: /(?:^|\.|_)dsn$/i.test(wrong.path) ? 'dsn-malformed' : 'configuration-invalid',
        severity: 'error',
        what: `${what}.`,
        why: 'The application does not start with a wrong option or variable.',
        fix: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}.`,
      },
    ];
  },
};
