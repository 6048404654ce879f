import * as Sentry from '@sentry/nestjs';
import { initSentry } from 'nestjs-error-tracker/init';
import { isBare } from '../shared/without-sentry.js';

/** Integrations of the SDK that send what a logger prints, too. */
const integrations: Record<string, () => any> = {
  pino: () => Sentry.pinoIntegration(),
  console: () => Sentry.consoleLoggingIntegration(),
};
const chosen = integrations[process.env.SDK_LOGS ?? ''];

if (!isBare) initSentry({ sdk: { integrations: chosen ? [chosen()] : [] } });
