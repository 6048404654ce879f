import { init, suppressTracing, type NodeClient, type NodeOptions } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import { countOverflow } from '../delivery/overflow.js';
import { scrubbingTransport } from '../delivery/scrubbing-transport.js';
import { dryRun } from '../process-state/dry-run.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { closeTransportWithClient, withOwnListeners } from './cleanup-on-close.js';
import { compileInitScrubber } from './init-scrubber.js';
import { collectsRequestBodies, privateDataCollection } from './data-collection.js';
import { hasIgnoredStatus } from './critical-span.js';
import { watchRequestSpans } from './request-spans.js';
import type { Integration } from './integration.js';
import { chooseIntegrations, hasOwnHttp, replaceLocalVariables, type IntegrationChoice } from './sdk-integrations.js';
import { refuseHooksOfOtherLifecycle } from './trace-lifecycle.js';
import { refuseOptionsOfOtherMajor, withoutLogsAndMetrics } from './options-of-one-major.js';
import { profilingIntegration } from './profiling.js';
import { isUnsampledTransaction } from './deferred-sampling.js';
import { detectRelease } from './release.js';
import { clientState } from './state.js';
import { compileTraceDecision, type RequestHooks } from './trace-decision.js';
import type { RequestDecisions } from './untraced-requests.js';
import { withoutWatch } from './watch-replacement.js';

/** Events that the SDK processes concurrently; its default of 64 drops events of a burst before they are spooled. */
const BUFFER_SIZE = 10_000;
/** Node's default, which stops before the caller of a tracked operation. */
const DEFAULT_STACK_FRAMES = 10;
const STACK_FRAMES = 30;
/** Deep enough for the operation chain and its data; the scrubber limits what is sent. */
export const NORMALIZE_DEPTH = 8;

/** Callbacks of higher layers for the SDK's hooks. */
export interface ClientHooks extends Pick<IntegrationChoice, 'onRequestSpan'>, RequestHooks {
  /** Returns the current request until it has a span. */
  requestOf: () => IncomingMessage | undefined;
  beforeBreadcrumb: NodeOptions['beforeBreadcrumb'];
}

export interface StartedClient {
  client: NodeClient;
  /** Which requests are traced; undefined if the application decides that, or traces them in its own way. */
  decisions?: RequestDecisions;
}

/**
 * Starts the SDK with these options and stores the client.
 *
 * @param path - prefix of the paths in a ConfigurationError
 */
export function startClient(options: ResolvedInit, hooks: ClientHooks, path: string): StartedClient | undefined {
  const decision = compileTraceDecision(options, hooks, path);
  const release = options.release ?? detectRelease();
  clientState.options = { ...options, release };
  const { enabled, dsn, environment, serverName, debug, maxBreadcrumbs, attachStacktrace } = options;
  const sdk = options.sdk ?? {};
  refuseOptionsOfOtherMajor(sdk, path);
  refuseHooksOfOtherLifecycle(sdk, path);
  const scrubber = compileInitScrubber(clientState.options);
  if (!enabled) {
    dryRun.onStart?.(clientState);
    return undefined;
  }
  const profiling = profilingIntegration();
  const onRequestSpan: IntegrationChoice['onRequestSpan'] = (span, request) => {
    decision.onRequestSpan(span, request);
    hooks.onRequestSpan(span, request);
  };
  const sdkOptions: NodeOptions = {
    normalizeDepth: NORMALIZE_DEPTH,
    defaultIntegrations: chooseIntegrations({
      tracesSampleRate: options.tracesSampleRate,
      components: options.components,
      console: options.console,
      requestBodies: collectsRequestBodies(sdk.dataCollection),
      onRequestSpan,
    }),
    tracesSampler: decision.tracesSampler,
    ...sdk,
    ...withoutLogsAndMetrics(sdk),
    dataCollection: privateDataCollection(sdk.dataCollection),
    beforeBreadcrumb: hooks.beforeBreadcrumb,
    integrations: ownIntegrations(sdk.integrations, profiling ? [profiling] : []),
    ...(profiling && {
      // Sentry 10 reads the first of these options, Sentry 11 only the second.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      profilesSampleRate: options.profilesSampleRate,
      profileSessionSampleRate: sdk.profileSessionSampleRate ?? options.profilesSampleRate,
      profileLifecycle: sdk.profileLifecycle ?? ('trace' as const),
    }),
    dsn: dsn ?? '',
    environment,
    release,
    serverName,
    debug,
    sampleRate: 1, // sampling happens before an event is built: see capture/quota
    tracesSampleRate: options.tracesSampleRate,
    maxBreadcrumbs,
    attachStacktrace,
    includeLocalVariables: options.includeLocalVariables,
    // The timeout of the SDK's flush when an uncaught exception ends the process.
    shutdownTimeout: options.shutdownTimeout,
    transport: scrubbingTransport({
      scrubber,
      spool: options.spool || undefined,
      transport: sdk.transport,
      withoutTracing: suppressTracing,
      shutdownTimeout: options.shutdownTimeout,
    }),
    transportOptions: { bufferSize: BUFFER_SIZE, ...sdk.transportOptions },
  };
  const client = withoutWatch(() => withOwnListeners(() => init(sdkOptions)));
  clientState.client = client;
  clientState.origin = 'own';
  dryRun.onStart?.(clientState);
  decision.client = client;
  // Tracked operations and the SDK's context handling add frames to every stack.
  if (Error.stackTraceLimit === DEFAULT_STACK_FRAMES) Error.stackTraceLimit = STACK_FRAMES;
  if (!client) return undefined;
  client.addEventProcessor((event) => (hasIgnoredStatus(event) || isUnsampledTransaction(event) ? null : event));
  closeTransportWithClient(client);
  countOverflow(client);
  const isOurs = hasOwnHttp(client);
  if (!isOurs) watchRequestSpans(client, hooks.requestOf, onRequestSpan);
  return { client, decisions: isOurs && !sdk.tracesSampler ? decision : undefined };
}

/** The integrations of the application, without the side effects of the SDK's one for local variables. */
function ownIntegrations(
  integrations: NodeOptions['integrations'],
  profiling: readonly Integration[],
): NodeOptions['integrations'] {
  const customized = (given: readonly Integration[]) => [...given.map(replaceLocalVariables), ...profiling];
  if (typeof integrations === 'function') return (defaults) => customized(integrations(defaults));
  return customized(integrations ?? []);
}
