import { getClient, type NodeClient } from '@sentry/nestjs';
import { reportAtExit } from './capture/exit-reports.js';
import { compileBreadcrumbFilter } from './breadcrumbs/breadcrumb-filter.js';
import { journalScopes } from './breadcrumbs/journaled-scopes.js';
import { compileQuota, enforceQuota, type QuotaRules } from './capture/quota/enforce-quota.js';
import { isInBackgroundWork, followCheckIns } from './capture/background-work.js';
import { countSent } from './capture/count-sent.js';
import { joinSdkCapture } from './capture/unhandled-errors.js';
import { awaitPrepared } from './client/await-prepared.js';
import { adoptClient, withOptionsOf } from './client/adopt-client.js';
import { boundEvent, boundMessages } from './client/bounded-events.js';
import { nestSdkSpans } from './client/nested-sdk-spans.js';
import { boundLogs } from './client/bounded-logs.js';
import { boundScopes } from './client/bounded-scopes.js';
import { compileEventRules, type EventRules } from './client/event-rules.js';
import { isClosed } from './client/cleanup-on-close.js';
import { guardSdkHooks } from './client/guard-sdk-hooks.js';
import { watchRequestSpans } from './client/request-spans.js';
import {
  ADOPTED_CLIENT,
  checkForModule,
  REPLACED_CLIENT,
  warnOfMissingDsn,
  warnOfMissingModule,
  warnOfRelease,
  warnOfUnreadVariables,
  warnOnce,
} from './client/start-warnings.js';
import { startClient, type ClientHooks } from './client/start.js';
import { lightenUntracedRequests } from './client/untraced-requests.js';
import { clientState, type ClientOrigin } from './client/state.js';
import { watchReplacement } from './client/watch-replacement.js';
import { testKit } from './process-state/test-kit.js';
import { snapshotOf } from './context/capture-snapshot.js';
import { isCriticalRequest } from './context/critical.js';
import { removeExtraData } from './context/describe-database.js';
import { describeEvent } from './context/describe-event.js';
import { operationsRequest } from './context/graphql-request.js';
import { attachRequestSpan, beginHttpExecution, requestWithoutSpan } from './context/http-execution.js';
import { rememberDefaultIsolationScope } from './context/scopes.js';
import { nameTraces } from './context/trace-names.js';
import type { InitOptions } from './options/init-options.js';
import { resolveInit, type ResolvedInit } from './options/resolve-init.js';
import { followDriverChannels } from './queries/driver-channels.js';
import { followDriverSpans } from './queries/driver-spans.js';
import { removeValuesOfLogs } from './context/quoted-messages.js';
import { removeSpanValues } from './queries/span-values.js';
import { guarded } from './stats/stats.js';

/**
 * Starts Sentry: reads the `SENTRY_*` variables, lets `options` override them, and sends everything through the
 * scrubbing transport. Call it before anything else is loaded, so that the SDK can instrument the packages loaded
 * later:
 *
 * ```ts
 * // src/instrument.ts, imported first in main.ts
 * import { initSentry } from 'nestjs-error-tracker/init';
 * initSentry();
 * ```
 *
 * Later calls change nothing and return the client of the first call, until that client is closed.
 *
 * @returns the client; undefined if `enabled` is false
 * @throws ConfigurationError - if an option or a variable has a wrong value; nothing is started then
 */
export function initSentry(options?: InitOptions): NodeClient | undefined {
  const client = startSentry(options, '');
  if (clientState.origin === 'adopted') warnOnce(ADOPTED_CLIENT);
  if (client && !testKit.adapt) checkForModule();
  return client;
}

/**
 * {@link initSentry} for an options object nested in another one. A client that `Sentry.init()` has started is adopted,
 * not replaced.
 *
 * @internal
 * @param path - prefix of the paths in a ConfigurationError
 */
export function startSentry(options: InitOptions | undefined, path: string): NodeClient | undefined {
  const isTest = testKit.adapt !== undefined;
  const given: InitOptions | undefined = testKit.adapt?.(options, path) ?? options;
  const running = getClient<NodeClient>();
  const isAnew = isTest ? running !== clientState.client || isClosed(running) : isClosed(running);
  if (clientState.client && running === clientState.client && !isAnew) return running;
  const resolved = resolveInit(given, process.env, path);
  warnOfUnreadVariables(process.env);
  warnOfRelease(resolved.release);
  const at = path && `${path}.`;
  rememberDefaultIsolationScope();
  const client =
    resolved.enabled && !isAnew && running?.getTransport()
      ? adopt(running, resolved, at, 'adopted')
      : start({ ...resolved, sdk: guardSdkHooks(resolved) }, at);
  if (!client) return undefined;
  watchReplacement((replacement) => {
    adopt(replacement, resolved, at, 'replaced');
    warnOnce(REPLACED_CLIENT);
  });
  warnOfMissingDsn(clientState.options);
  return client;
}

function start(options: ResolvedInit, at: string): NodeClient | undefined {
  const rules = rulesOf(options, at);
  const started = startClient(options, { ...hooks, beforeBreadcrumb: compileBreadcrumbFilter(options, at) }, at);
  if (!started) return undefined;
  const { client, decisions } = started;
  connect(client, rules);
  testKit.onClient?.(client);
  // After the execution of the request has begun: whether it is traced depends on its handler.
  if (decisions) lightenUntracedRequests(client, decisions, hooks.onRequestSpan);
  return client;
}

function adopt(client: NodeClient, resolved: ResolvedInit, at: string, origin: ClientOrigin): NodeClient {
  const options = withOptionsOf(client, resolved);
  const rules = rulesOf(options, at);
  // Sentry 10 still notifies the first client of spans.
  if (clientState.client) watchRequestSpans(clientState.client, hooks.requestOf, hooks.onRequestSpan);
  adoptClient(client, options, compileBreadcrumbFilter(options, at), origin);
  watchRequestSpans(client, hooks.requestOf, hooks.onRequestSpan);
  connect(client, rules);
  testKit.onClient?.(client);
  return client;
}

const hooks: Omit<ClientHooks, 'beforeBreadcrumb'> = {
  onRequestSpan: (span, request) => {
    guarded('request-span', () => {
      attachRequestSpan(span, request);
    });
  },
  requestOf: requestWithoutSpan,
  isCriticalRequest: () => guarded('sampling', isCriticalRequest) ?? false,
  operationsRequest: () => guarded('sampling', operationsRequest),
};

interface Rules {
  event: EventRules;
  quota: QuotaRules;
}

function rulesOf(options: ResolvedInit, at: string): Rules {
  return { event: compileEventRules(options, at), quota: compileQuota(options, at) };
}

/** Describes, groups and limits what a client sends, and tracks the requests that it instruments. */
function connect(client: NodeClient, { event: rules, quota }: Rules): void {
  client.on('preprocessEvent', (event, hint) => {
    if (event.type !== undefined) return;
    guarded('event-bounds', () => {
      boundMessages(event);
    });
    if (hint) guarded('event-context', () => snapshotOf(hint));
  });
  client.addEventProcessor((event, hint) => {
    const joined = guarded('sdk-capture', () => joinSdkCapture(event, hint));
    return joined === undefined ? event : joined;
  });
  client.addEventProcessor((event, hint) => guarded('event-context', () => describeEvent(event, hint)) ?? event);
  client.addEventProcessor((event, hint) => guarded('event-rules', () => rules(event, hint)) ?? event);
  client.addEventProcessor((event) => guarded('event-bounds', () => boundEvent(event, client)) ?? event);
  client.on('postprocessEvent', (event, hint = {}) => {
    guarded('event-context', () => {
      removeExtraData(event, hint.originalException, snapshotOf(hint).execution);
    });
  });
  nameTraces(client);
  boundScopes();
  journalScopes();
  boundLogs(client);
  client.on('beforeSendEvent', countSent);
  enforceQuota(client, quota);
  followCheckIns(client);
  nestSdkSpans(client, isInBackgroundWork);
  followDriverSpans(client);
  followDriverChannels();
  removeSpanValues(client);
  removeValuesOfLogs(client);
  awaitPrepared(client);
  reportAtExit(client);
  client.on('httpServerRequest', (request, response) => {
    guarded('http-execution', () => {
      beginHttpExecution(request as Parameters<typeof beginHttpExecution>[0], response as never);
      warnOfMissingModule(response as never);
    });
  });
}

export { ConfigurationError, type ConfigurationProblem } from './options/configuration-error.js';
export type { Duration } from './options/duration.js';
export type {
  GroupedError,
  GroupingOptions,
  GroupingPart,
  GroupingPreset,
  GroupingRule,
} from './options/grouping-options.js';
export type { BreadcrumbOptions, InitOptions, SdkOptions, TracingOptions } from './options/init-options.js';
export type {
  ErrorRule,
  NamePattern,
  SamplingOptions,
  ThrottleOptions,
  TraceRule,
} from './options/sampling-options.js';
export type { PersonalData, PiiMode, ScrubbingOptions, ScrubbingPattern } from './options/scrubbing-options.js';
export type { SpoolOptions } from './options/spool-options.js';
