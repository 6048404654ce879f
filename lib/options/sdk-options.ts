import { ConfigurationError } from './configuration-error.js';
import { dataCollection } from './data-collection.js';
import type { InitOptions } from './init-options.js';
import * as schema from './schema.js';

/** Options of the SDK that are options of `initSentry()` itself, under the same name. */
const OWN = [
  'enabled',
  'dsn',
  'environment',
  'release',
  'serverName',
  'debug',
  'sampleRate',
  'tracesSampleRate',
  'profilesSampleRate',
  'maxBreadcrumbs',
  'attachStacktrace',
  'includeLocalVariables',
  'shutdownTimeout',
] as const satisfies readonly (keyof InitOptions)[];

/** Functions of the application that the SDK calls. */
export const SDK_HOOKS = [
  'beforeSend',
  'beforeSendTransaction',
  'beforeSendSpan',
  'beforeSendLog',
  'beforeSendMetric',
  'beforeBreadcrumb',
  'tracesSampler',
] as const;

/** Other options of the SDK that are often set in the wrong place. */
const KNOWN = new Set<string>([
  ...SDK_HOOKS,
  'integrations',
  'defaultIntegrations',
  'ignoreErrors',
  'ignoreTransactions',
  'ignoreSpans',
  'allowUrls',
  'denyUrls',
  'initialScope',
  'transport',
  'transportOptions',
  'tunnel',
  'dist',
  'enableLogs',
  'enableMetrics',
  'sendDefaultPii',
  'dataCollection',
  'sendClientReports',
  'stackParser',
  'normalizeDepth',
  'maxValueLength',
  'profilesSampler',
  'profileSessionSampleRate',
  'profileLifecycle',
  'tracePropagationTargets',
  'propagateTraceparent',
  'traceLifecycle',
  'skipOpenTelemetrySetup',
  'enableOpenTelemetrySetup',
  'enableRuntimeChannelInjection',
  'openTelemetryInstrumentations',
  'openTelemetrySpanProcessors',
  'registerEsmLoaderHooks',
  'onFatalError',
  'spotlight',
]);

/** The fix for an SDK option that was passed to `initSentry()` directly. */
export const fixOfSdkOption: schema.FixOf = (key, path) => {
  const prefix = path && `${path}.`;
  if (key === 'sendDefaultPii') return `set ${prefix}${SEND_PII} instead`;
  return KNOWN.has(key) ? `move it to ${prefix}sdk.${key}` : undefined;
};

const SEND_PII = "scrubbing: { pii: 'keep' }";
const integrations = schema.either(
  'an array of integrations, or a function',
  'use for example [prismaIntegration()]',
  schema.list,
  schema.callable,
);

/** Options whose wrong values the SDK ignores, or takes for others. */
const CHECKS: Readonly<Record<string, schema.Check>> = {
  ...Object.fromEntries(SDK_HOOKS.map((name) => [name, schema.callable])),
  integrations,
  dataCollection,
  traceLifecycle: schema.oneOf('static', 'stream'),
  enableLogs: schema.boolean,
  enableMetrics: schema.boolean,
  normalizeDepth: schema.count,
};

/** Options of earlier versions of the SDK, which it ignores now. */
const REMOVED = new Map([
  ['enableTracing', 'set tracesSampleRate'],
  ['autoSessionTracking', 'use httpIntegration({ trackIncomingRequestsAsSessions: false }) in sdk.integrations'],
  ['tracingOrigins', 'rename it to tracePropagationTargets'],
  ['whitelistUrls', 'rename it to allowUrls'],
  ['blacklistUrls', 'rename it to denyUrls'],
]);

/** Every option of the SDK is either passed on or rejected; none is ignored. */
export const sdkOptions: schema.Check = (value, path) => {
  schema.object(value, path);
  for (const [key, received] of Object.entries(value as Record<string, unknown>)) {
    if (received === undefined) continue;
    const at = `${path}.${key}`;
    if (includes(OWN, key)) {
      const fix = `set ${path.slice(0, -'sdk'.length)}${key} instead`;
      throw new ConfigurationError({ path: at, received, expected: 'an option that initSentry does not have', fix });
    }
    if (Object.hasOwn(CHECKS, key)) CHECKS[key]?.(received, at);
    else if (!KNOWN.has(key)) refuseUnknown(key, received, at);
    if (key === 'sendDefaultPii' && received !== false) {
      const fix = `set ${path.slice(0, -'sdk'.length)}${SEND_PII} instead`;
      throw new ConfigurationError({ path: at, received, expected: 'false: scrubbing.pii decides what is sent', fix });
    }
  }
};

/** The SDK ignores options that it does not know: without a misspelt `beforeSend`, everything is sent. */
function refuseUnknown(key: string, received: unknown, path: string): void {
  const removed = REMOVED.get(key);
  if (removed !== undefined) {
    throw new ConfigurationError({ path, received, expected: 'an option of this version of the SDK', fix: removed });
  }
  const near = [...KNOWN].find((known) => Math.abs(known.length - key.length) <= 2 && schema.isNear(known, key));
  if (!near) return;
  throw new ConfigurationError({ path, received, expected: 'an option of the SDK', fix: `rename it to ${near}` });
}

/** The SDK asks a `tracesSampler` of its own instead of the rules. */
export function refuseTwoSamplers({ sdk, sampling }: InitOptions, path: string): void {
  const rules = (['traces', 'critical'] as const).filter((name) => (sampling?.[name] ?? []).length > 0);
  if (!sdk?.tracesSampler || rules.length === 0) return;
  const prefix = path && `${path}.`;
  throw new ConfigurationError({
    path: `${prefix}sdk.tracesSampler`,
    received: `a function beside ${rules.map((name) => `sampling.${name}`).join(' and ')}`,
    expected: 'either of them: with a tracesSampler, no rule applies',
    fix: `move its decisions to ${prefix}sampling.traces, or the rules into the function`,
  });
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
