import { localVariablesIntegration } from '@sentry/nestjs';
import { initSentry } from 'nestjs-error-tracker/init';

const integrations = [localVariablesIntegration({ captureAllExceptions: true })];
initSentry(process.env.INTEGRATION ? { sdk: { integrations } } : {});
