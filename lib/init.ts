import { getClient, type NodeClient } from '@sentry/nestjs';
import { reportAtExit } from './capture/exit-reports.js';
import { compileQuota, enforceQuota } from './capture/quota/enforce-quota.js';
import { joinSdkCapture } from './capture/sdk-capture.js';
import { compileBreadcrumbFilter } from './breadcrumbs/breadcrumb-filter.js';
import { compileEventRules } from './client/event-rules.js';
import { startClient, type ClientHooks } from './client/start.js';
import { clientState } from './client/state.js';
import { isCriticalRequest } from './context/critical.js';
import { describeEvent } from './context/describe-event.js';
import { operationsRequest } from './context/graphql-request.js';
import { attachRequestSpan, beginHttpExecution } from './context/http-execution.js';
import { snapshotOf } from './context/capture-snapshot.js';
import { rememberDefaultIsolationScope } from './context/scopes.js';
import { guarded } from './stats/stats.js';
import type { InitOptions } from './options/init-options.js';
import { resolveInit } from './options/resolve-init.js';

/**
 * Starts Sentry: reads the `SENTRY_*` variables, applies `options` on top and puts the scrubbing door in front of
 * everything that leaves. Call it before anything else is loaded, so that the SDK can instrument what comes after:
 *
 * ```ts
 * // src/instrument.ts, imported first in main.ts
 * import { initSentry } from 'nestjs-error-tracker/init';
 * initSentry();
 * ```
 *
 * A second call changes nothing and returns the client of the first.
 *
 * @returns the client; undefined where `enabled` is false
 * @throws ConfigurationError - where an option or a variable cannot be used; nothing is started then
 */
export function initSentry(options?: InitOptions): NodeClient | undefined {
  return startSentry(options, '');
}

/**
 * {@link initSentry} for an options object that stands inside another one.
 *
 * @internal
 * @param path - what the paths of a ConfigurationError begin with
 */
export function startSentry(options: InitOptions | undefined, path: string): NodeClient | undefined {
  if (clientState.client && getClient() === clientState.client) return clientState.client;
  const resolved = resolveInit(options, process.env, path);
  const at = path && `${path}.`;
  const rules = compileEventRules(resolved, at);
  const quota = compileQuota(resolved, at);
  rememberDefaultIsolationScope();
  const hooks: ClientHooks = {
    onRequestSpan: (span, request) => {
      guarded('request-span', () => {
        attachRequestSpan(span, request);
      });
    },
    isCriticalRequest: () => guarded('sampling', isCriticalRequest) ?? false,
    operationsRequest: () => guarded('sampling', operationsRequest),
    beforeBreadcrumb: compileBreadcrumbFilter(resolved, at),
  };
  const client = startClient(resolved, hooks, at);
  if (!client) return undefined;
  client.on('preprocessEvent', (event, hint) => {
    if (event.type === undefined && hint) guarded('event-context', () => snapshotOf(hint));
  });
  client.addEventProcessor((event, hint) => {
    const joined = guarded('sdk-capture', () => joinSdkCapture(event, hint));
    return joined === undefined ? event : joined;
  });
  client.addEventProcessor((event, hint) => guarded('event-context', () => describeEvent(event, hint)) ?? event);
  client.addEventProcessor((event, hint) => guarded('event-rules', () => rules(event, hint)) ?? event);
  enforceQuota(client, quota);
  reportAtExit(client);
  client.on('httpServerRequest', (request, response) => {
    guarded('http-execution', () => {
      beginHttpExecution(request as Parameters<typeof beginHttpExecution>[0], response as never);
    });
  });
  if (!resolved.dsn && resolved.environment !== 'test') {
    process.emitWarning(
      `No SENTRY_DSN in environment '${resolved.environment}': errors are not sent anywhere. Set SENTRY_DSN, or SENTRY_ENABLED=false to say that this is meant.`,
      { type: 'nestjs-error-tracker', code: 'SENTRY_DSN_MISSING' },
    );
  }
  return client;
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
export type { BreadcrumbOptions, InitOptions, TracingOptions } from './options/init-options.js';
export type {
  ErrorRule,
  NamePattern,
  SamplingOptions,
  ThrottleOptions,
  TraceRule,
} from './options/sampling-options.js';
export type { PiiMode, ScrubbingOptions, ScrubbingPattern } from './options/scrubbing-options.js';
export type { SpoolOptions } from './options/spool-options.js';
