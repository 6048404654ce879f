import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDuration, type Duration } from './duration.js';
import { dsn, INBOX_DSN } from './dsn.js';
import { optionsFromEnvironment } from './environment.js';
import type { InitOptions } from './init-options.js';
import type { SentryModuleOptions } from './module-options.js';
import { presetDefaults, presetOf, type Preset } from './presets.js';
import * as schema from './schema.js';
import { fixOfSdkOption, refuseTwoSamplers, sdkOptions } from './sdk-options.js';
import type { SpoolOptions } from './spool-options.js';
import { throttleShape } from './throttle-shape.js';

/** The options that start the SDK: precedence applied, defaults filled in, durations in milliseconds. */
export interface ResolvedInit extends Omit<InitOptions, 'shutdownTimeout' | 'spool'> {
  enabled: boolean;
  environment: string;
  preset: Preset;
  debug: boolean;
  sampleRate: number;
  tracesSampleRate: number;
  profilesSampleRate: number;
  maxBreadcrumbs: number;
  attachStacktrace: boolean;
  includeLocalVariables: boolean;
  /** Milliseconds. */
  shutdownTimeout: number;
  spool: ResolvedSpool | false;
  console: boolean;
  components: boolean;
}

export interface ResolvedSpool extends Required<SpoolOptions> {
  /** Milliseconds. */
  maxAge: number;
}

const groupingShape = schema.shape({
  rules: schema.list,
  presets: schema.either(
    'true, false, or an object such as { validation: false }',
    'use true for all presets, false for none, or { validation: false } for all but one',
    schema.boolean,
    schema.object,
  ),
});

const rpcTargets = schema.arrayOf(
  schema.check(
    'a non-empty string or a regular expression',
    "use a part of a service's address, such as 'orders:3001', or a regular expression",
    (value) => value instanceof RegExp || (typeof value === 'string' && value.trim() !== ''),
  ),
  'strings or regular expressions',
);

const spoolShape = schema.shape({
  directory: schema.text,
  maxBytes: schema.atLeast(65_536),
  maxAge: schema.duration,
  maxEvents: schema.atLeast(1),
});

/** As an empty variable, an empty DSN counts as omitted: `process.env.SENTRY_DSN ?? ''`. */
const dsnOrEmpty: schema.Check = (value, path) => {
  if (value !== '') dsn(value, path);
};

const properties = {
  enabled: schema.boolean,
  dsn: dsnOrEmpty,
  environment: schema.text,
  release: schema.text,
  serverName: schema.text,
  debug: schema.boolean,
  sampleRate: schema.rate,
  tracesSampleRate: schema.rate,
  profilesSampleRate: schema.rate,
  maxBreadcrumbs: schema.count,
  attachStacktrace: schema.boolean,
  includeLocalVariables: schema.boolean,
  shutdownTimeout: schema.duration,
  scrubbing: schema.falseOrObject,
  sampling: schema.shape({ traces: schema.list, critical: schema.list, presets: schema.boolean, errors: schema.list }),
  throttle: schema.falseOr(throttleShape),
  spool: schema.falseOr(spoolShape),
  grouping: schema.listOr(groupingShape),
  breadcrumbs: schema.shape({
    console: schema.boolean,
    presets: schema.boolean,
    ignore: schema.list,
    fold: schema.boolean,
  }),
  tracing: schema.shape({ components: schema.boolean, rpcTargets }),
  sdk: sdkOptions,
};

const OF_THE_MODULE = [
  'capture',
  'user',
  'context',
  'operations',
  'budgets',
  'alerts',
  'health',
  'isGlobal',
] as const satisfies readonly (keyof SentryModuleOptions)[];

export const initShape = schema.shape(properties, (key, path) => {
  if (OF_THE_MODULE.some((name) => name === key)) return `move it to SentryModule.forRoot({ ${key} })`;
  return fixOfSdkOption(key, path);
});

/** The fix for an option of `initSentry()` that was passed to `SentryModule.forRoot()`. */
export const fixOfInitOption: schema.FixOf = (key, path) =>
  Object.hasOwn(properties, key) ? `move it to init.${key}` : fixOfSdkOption(key, path ? `${path}.init` : 'init');

/**
 * Applies the precedence: explicit option, variable, preset of the environment, default. An explicit `undefined` counts
 * as omitted.
 *
 * @param path - prefix of the paths in a ConfigurationError
 * @throws ConfigurationError - if an option or a variable has a wrong value
 */
export function resolveInit(
  options: InitOptions | undefined,
  variables: Readonly<Record<string, string | undefined>>,
  path = '',
): ResolvedInit {
  if (options !== undefined) {
    initShape(options, path);
    refuseTwoSamplers(options, path);
  }
  const fromEnvironment = optionsFromEnvironment(variables);
  const merged = merge(fromEnvironment, options);
  const environment = merged.environment ?? (merged.dsn ? 'production' : 'development');
  const preset = presetOf(environment);
  const defaults = presetDefaults[preset];
  return {
    ...merged,
    enabled: merged.enabled ?? true,
    dsn: merged.dsn ?? (preset === 'development' ? INBOX_DSN : undefined),
    environment,
    preset,
    debug: merged.debug ?? false,
    sampleRate: merged.sampleRate ?? 1,
    tracesSampleRate: merged.tracesSampleRate ?? defaults.tracesSampleRate,
    profilesSampleRate: merged.profilesSampleRate ?? defaults.profilesSampleRate,
    maxBreadcrumbs: merged.maxBreadcrumbs ?? 100,
    attachStacktrace: merged.attachStacktrace ?? true,
    includeLocalVariables: merged.includeLocalVariables ?? defaults.includeLocalVariables,
    shutdownTimeout: milliseconds(merged.shutdownTimeout, 2_000),
    spool: merged.spool === false ? false : resolveSpool(merged.spool),
    console: merged.breadcrumbs?.console ?? true,
    components: merged.tracing?.components ?? false,
  };
}

function merge(fromEnvironment: InitOptions, explicit: InitOptions | undefined): InitOptions {
  const merged: InitOptions = { ...fromEnvironment };
  for (const [key, value] of Object.entries(explicit ?? {}) as [string, unknown][]) {
    if (value !== undefined && value !== '') Object.assign(merged, { [key]: value });
  }
  if (fromEnvironment.scrubbing && explicit?.scrubbing) {
    merged.scrubbing = { ...fromEnvironment.scrubbing, ...withoutUndefined(explicit.scrubbing) };
  }
  if (fromEnvironment.spool && explicit?.spool) {
    merged.spool = { ...fromEnvironment.spool, ...withoutUndefined(explicit.spool) };
  }
  return merged;
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<T>;
}

function resolveSpool({ directory, maxBytes, maxAge, maxEvents }: SpoolOptions = {}): ResolvedSpool {
  return {
    directory: directory ?? join(tmpdir(), 'nestjs-error-tracker'),
    maxBytes: maxBytes ?? 50 * 1_048_576,
    maxAge: milliseconds(maxAge, 3 * 86_400_000),
    maxEvents: maxEvents ?? 10_000,
  };
}

function milliseconds(value: Duration | undefined, fallback: number): number {
  return value === undefined ? fallback : (parseDuration(value) ?? fallback);
}
