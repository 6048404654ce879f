import type { Check } from '../examination.js';

/** `module-missing`, `module-twice`. */
export const moduleIsImportedOnce: Check = {
  topic: 'configuration',
  run: ({ facts }) => {
    if (!facts || !('@nestjs/core' in facts.packages)) return [];
    const hasStarted = facts.isListening || facts.isBootstrapped;
    if (facts.modules === 0 && hasStarted && facts.sentry?.options.enabled !== false) {
      return [
        {
          id: 'module-missing',
          severity: 'error',
          what: 'No module of the application imports SentryModule.forRoot().',
          why: 'Errors of controllers, gateways, resolvers and jobs are not reported.',
          fix: "Add SentryModule.forRoot() of 'nestjs-error-tracker' (not of '@sentry/nestjs/setup', and not SentryModule alone) to the imports of the root module.",
        },
      ];
    }
    if (facts.modules < 2) return [];
    return [
      {
        id: 'module-twice',
        severity: 'warning',
        what: `SentryModule.forRoot() is imported ${facts.modules} times in one application.`,
        why: 'The first options that set anything apply; those of the other imports are ignored.',
        fix: 'Import it once, in the root module: ErrorTracker can be injected everywhere.',
      },
    ];
  },
};
