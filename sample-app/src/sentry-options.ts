import type { InitOptions } from 'nestjs-error-tracker/init';

/** Also for the tests, so that these see what production would send. */
export const sentryOptions: InitOptions = {
  scrubbing: { keys: ['street'] }, // the street is private; the city helps to understand a failure
  // Traces of payments and logins are always kept, even if production samples one in ten.
  sampling: { critical: ['/payments/*', '/auth/*'] },
};
