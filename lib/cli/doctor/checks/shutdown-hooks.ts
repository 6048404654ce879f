import type { Check } from '../examination.js';

/** `shutdown-hooks-off`. */
export const shutdownHooksAreOn: Check = {
  topic: 'configuration',
  run: ({ facts, options }) => {
    if (!facts || !options?.enabled || facts.modules === 0 || facts.handlesSignals) return [];
    if (!facts.isListening && !facts.isBootstrapped) return [];
    return [
      {
        id: 'shutdown-hooks-off',
        severity: 'warning',
        what: 'Nothing reacts when the process is told to end (SIGTERM).',
        why: 'Requests are cut off, and the last events wait on disk until the next start; in a container, they are lost.',
        fix: 'Call app.enableShutdownHooks() before app.listen().',
      },
    ];
  },
};
