import { HOOKS, type HookName } from '../../../stats/hook-names.js';
import type { Check } from '../examination.js';

/** `hooks-missing`. */
export const hooksHaveTheirPlace: Check = {
  topic: 'configuration',
  run: ({ facts }) => {
    const missing = Object.entries(facts?.hooks ?? {}).filter(([, state]) => state === false);
    if (missing.length === 0) return [];
    const lost = missing.map(([name]) => `${name} (${HOOKS[name as HookName]})`);
    return [
      {
        id: 'hooks-missing',
        severity: 'error',
        what: `Hooks that found no place: ${lost.join(', ')}.`,
        why: 'Errors of these are not reported.',
        fix: 'Leave @nestjs/* out of the bundle, remove second copies of it, and use a supported version.',
      },
    ];
  },
};
