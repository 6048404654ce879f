import { initSentry } from 'nestjs-error-tracker/init';

// Everything comes from the SENTRY_* variables. Without a DSN, development reports to the inbox on this machine.
initSentry();
