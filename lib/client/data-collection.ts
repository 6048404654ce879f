import type { NodeOptions } from '@sentry/nestjs';

type DataCollection = NonNullable<NodeOptions['dataCollection']>;

/** Names of headers, cookies and parameters that tell where a client is, as Sentry 10 leaves them out by default. */
const OF_CLIENTS = { deny: ['forwarded', '-ip', 'remote-', 'via', '-user'] };

/**
 * What Sentry 10 collects without `sendDefaultPii`, and the bodies of requests, which it collects whatever this says.
 * Without options, Sentry 11 collects everything.
 */
const PRIVATE: DataCollection = {
  userInfo: false,
  cookies: OF_CLIENTS,
  httpHeaders: { request: OF_CLIENTS, response: OF_CLIENTS },
  httpBodies: ['incomingRequest'],
  urlQueryParams: OF_CLIENTS,
  databaseQueryData: false,
  frameContextLines: 7,
};

/** @param given - by the application; what it does not mention stays private */
export function privateDataCollection(given: DataCollection = {}): DataCollection {
  return {
    ...PRIVATE,
    queues: false, // of Sentry 11 only
    ...given,
    genAI: { inputs: false, outputs: false, ...given.genAI },
  } as DataCollection;
}
