import { subscribe } from 'node:diagnostics_channel';
import { replaceBreadcrumbOf } from '../../breadcrumbs/replaced-requests.js';
import { isTracingSuppressed } from '../../client/tracing-suppressed.js';
import { addEventDescriber } from '../../context/event-describers.js';
import { noteOutboundCall, outboundCallOf } from '../../grouping/index.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded, stats } from '../../stats/stats.js';
import {
  targetOfClientRequest,
  targetOfFetch,
  type CallTarget,
  type ClientRequest,
  type FetchRequest,
} from './call-target.js';
import { describeExternalApi } from './describe-external-api.js';
import { RunningCall } from './outbound-call.js';
import { settingsHere } from './own-settings.js';

interface Message<Request> {
  request: Request & object;
  response: { statusCode?: number };
  error: unknown;
}

const hooked = processWide('http-client-hooks', () => ({ done: false }));
const calls = processWide('running-calls', () => new WeakMap<object, RunningCall>());

/**
 * Follows the calls of all HTTP clients through the channels of Node and undici: nothing is put on clients, requests and
 * responses. An interceptor would see only its own instance, and change the timing of its calls.
 */
export function hookHttpClient(): void {
  if (hooked.done) return;
  hooked.done = true;
  // Node 22 and newer also announce requests before their body is complete.
  on<ClientRequest>('http.client.request.created', begin(targetOfClientRequest));
  on<ClientRequest>('http.client.request.start', begin(targetOfClientRequest));
  on('http.client.response.finish', responded);
  on('http.client.request.error', failed);
  on<FetchRequest>('undici:request:create', begin(targetOfFetch));
  on('undici:request:headers', responded);
  on('undici:request:error', failed);
  addEventDescriber('external-api', describeExternalApi);
  stats.hooks.httpClient = true;
}

function on<Request>(channel: string, receive: (message: Message<Request>) => void): void {
  subscribe(channel, (message) => {
    guarded('http-client', () => {
      receive(message as Message<Request>);
    });
  });
}

function begin<Request extends ClientRequest | FetchRequest>(
  targetOf: (request: Request) => CallTarget,
): (message: Message<Request>) => void {
  return ({ request }) => {
    if (calls.has(request)) return;
    const settings = settingsHere();
    if (!settings || isTracingSuppressed() || isToSentry(request)) return;
    const target = targetOf(request);
    if (target.method === 'CONNECT') return; // the tunnel of a proxy, whose calls follow
    const call = new RunningCall(request, target, settings);
    replaceBreadcrumbOf(request);
    calls.set(request, call);
    noteOutboundCall(request, call);
  };
}

/** What a transport of the application sends; those of the SDK and of this library suppress tracing. */
function isToSentry({ path }: ClientRequest | FetchRequest): boolean {
  return path?.includes('sentry_key=') ?? false;
}

function responded({ request, response }: Message<unknown>): void {
  calls.get(request)?.responded(response.statusCode, response);
}

function failed({ request, error }: Message<unknown>): void {
  const call = calls.get(request);
  if (!call) return;
  call.failed(error);
  // An error that ends several calls, such as the reason of an AbortController, is that of the first.
  if (!outboundCallOf(error)) noteOutboundCall(error, call);
}
