import { initSentry } from 'nestjs-error-tracker/init';
import { sentryOptions } from './sentry-options.js';

// All other options come from SENTRY_* variables. In development, events go to the local inbox if no DSN is set.
initSentry(sentryOptions);
