import { isDeployed, type Check } from '../examination.js';

/** `debug-on`. */
export const debugIsOff: Check = {
  topic: 'security',
  run: ({ options }) => {
    if (!options?.enabled || !options.debug || !isDeployed(options)) return [];
    return [
      {
        id: 'debug-on',
        severity: 'warning',
        what: `The SDK logs its activity in the environment '${options.environment}'.`,
        why: 'It prints to the console for each request, parts of events among it.',
        fix: 'Remove debug: true or SENTRY_DEBUG.',
      },
    ];
  },
};
