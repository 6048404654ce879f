import type { Check } from '../examination.js';

/** `client-replaced`. */
export const clientIsOurs: Check = {
  topic: 'configuration',
  run: ({ facts }) => {
    const origin = facts?.sentry?.origin;
    if (origin !== 'adopted' && origin !== 'replaced') return [];
    return [
      {
        id: 'client-replaced',
        severity: 'warning',
        what: `Sentry.init() is called ${origin === 'replaced' ? 'after' : 'before'} initSentry(), and its client is used.`,
        why: 'That client decides where events go, which traces are sampled and which integrations run: options of initSentry() are ignored.',
        fix: 'Remove Sentry.init(), and pass its options as initSentry({ …, sdk: { … } }).',
      },
    ];
  },
};
