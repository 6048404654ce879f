import { ConfigurationError } from './configuration-error.js';
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

/** The SDK looks this list up in each request, and fails if it is none. */
const dataCollection: schema.Check = (value, path) => {
  schema.object(value, path);
  const { httpBodies } = value as { httpBodies?: unknown };
  if (httpBodies === undefined || Array.isArray(httpBodies)) return;
  const fix = 'use [] to collect none';
  throw new ConfigurationError({ path: `${path}.httpBodies`, received: httpBodies, expected: 'an array', fix });
};

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
    if (includes(SDK_HOOKS, key)) schema.callable(received, at);
    else if (!KNOWN.has(key)) refuseMisspelt(key, received, at);
    if (key === 'integrations') integrations(received, at);
    if (key === 'dataCollection') dataCollection(received, at);
    if (key === 'sendDefaultPii' && received !== false) {
      const fix = `set ${path.slice(0, -'sdk'.length)}${SEND_PII} instead`;
      throw new ConfigurationError({ path: at, received, expected: 'false: scrubbing.pii decides what is sent', fix });
    }
  }
};

/** The SDK ignores options that it does not know: without a misspelt `beforeSend`, everything is sent. */
function refuseMisspelt(key: string, received: unknown, path: string): void {
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
