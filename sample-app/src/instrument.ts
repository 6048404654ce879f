import { initSentry } from 'nestjs-error-tracker/init';

// The rest comes from the SENTRY_* variables. Without a DSN, development reports to the inbox on this machine.
initSentry({
  // Of money and of log-ins every trace is kept, also where production keeps one in ten.
  sampling: { critical: ['/payments/*', '/auth/*'] },
});
