import { initSentry } from 'nestjs-error-tracker/init';

// The rest comes from the SENTRY_* variables. Without a DSN, development reports to the inbox on this machine.
initSentry({
  scrubbing: { keys: ['street'] }, // where a customer lives is nobody's business; the city helps to understand a failure
  // Of money and of log-ins every trace is kept, also where production keeps one in ten.
  sampling: { critical: ['/payments/*', '/auth/*'] },
});
