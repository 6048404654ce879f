import { initSentry } from 'nestjs-error-tracker/init';

// All other options come from SENTRY_* variables. In development, events go to the local inbox if no DSN is set.
initSentry({
  scrubbing: { keys: ['street'] }, // the street is private; the city helps to understand a failure
  // Traces of payments and logins are always kept, even if production samples one in ten.
  sampling: { critical: ['/payments/*', '/auth/*'] },
});
