import type { InitOptions } from 'nestjs-error-tracker/init';
import { configuration } from './configuration.js';

const { brokerUrl } = configuration;

/** Also for the tests, so that these see what production would send. */
export const sentryOptions: InitOptions = {
  scrubbing: { keys: ['street'] }, // the street is private; the city helps to understand a failure
  // Traces of payments and logins are always kept, even if production samples one in ten.
  sampling: { critical: ['/payments/*', '/auth/*'] },
  // One place throws all errors of the gateway: their stack is the same, what has happened is not.
  grouping: [{ when: 'GatewayError', by: ['gateway', ({ code }) => code] }],
  // MQTT has no headers: the trace travels in the packet, which not every consumer takes. Ours does.
  tracing: { rpcTargets: brokerUrl ? [new URL(brokerUrl).host] : [] },
};
