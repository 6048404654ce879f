import type { NodeOptions } from '@sentry/nestjs';

type DataCollection = NonNullable<NodeOptions['dataCollection']>;
type HeadersByDirection = Extract<DataCollection['httpHeaders'], { request?: unknown }>;

/** Names of headers, cookies and parameters that tell where a client is, as Sentry 10 leaves them out by default. */
const OF_CLIENTS = { deny: ['forwarded', '-ip', 'remote-', 'via', '-user'] };

/** What Sentry 10 collects without `sendDefaultPii`, and the bodies of requests. Without it, Sentry 11 collects everything. */
const PRIVATE = {
  userInfo: false,
  cookies: OF_CLIENTS,
  httpBodies: ['incomingRequest'],
  urlQueryParams: OF_CLIENTS,
  databaseQueryData: false,
  frameContextLines: 7,
  queues: false, // of Sentry 11 only, as mcp
};
const PRIVATE_HEADERS = { request: OF_CLIENTS, response: OF_CLIENTS };
const NEITHER = { inputs: false, outputs: false };

/** @param given - by the application; what it does not mention stays private */
export function privateDataCollection(given: DataCollection = {}): DataCollection {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Sentry 10 still takes it
  const { queryParams, httpHeaders = {}, genAI, mcp, ...others } = given as DataCollection & { mcp?: object };
  const collection = {
    ...withDefaults(withDefaults(PRIVATE, { urlQueryParams: queryParams }), others),
    httpHeaders: isByDirection(httpHeaders) ? withDefaults(PRIVATE_HEADERS, httpHeaders) : httpHeaders,
    genAI: withDefaults(NEITHER, genAI),
    mcp: withDefaults(NEITHER, mcp),
  };
  return collection;
}

/** Whether bodies of requests are attached to events. Sentry 10 does not ask `httpBodies` about them. */
export function collectsRequestBodies({ httpBodies }: DataCollection = {}): boolean {
  return httpBodies === undefined || httpBodies.includes('incomingRequest');
}

function isByDirection(headers: NonNullable<DataCollection['httpHeaders']>): headers is HeadersByDirection {
  return typeof headers === 'object' && !('allow' in headers || 'deny' in headers);
}

/** For the SDK, an undefined value asks for everything. */
function withDefaults(defaults: object, given: object = {}): object {
  return { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}
