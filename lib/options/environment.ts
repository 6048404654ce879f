import { ConfigurationError } from './configuration-error.js';
import { parseDuration } from './duration.js';
import { dsn as dsnCheck } from './dsn.js';
import type { InitOptions } from './init-options.js';
import { count, duration, rate, type Check } from './schema.js';

type Variables = Readonly<Record<string, string | undefined>>;

const TRUE = new Set(['true', '1', 'yes', 'on']);
const FALSE = new Set(['false', '0', 'no', 'off']);

/** Reads options from environment variables. An empty variable counts as unset. */
export function optionsFromEnvironment(variables: Variables): InitOptions {
  const read = (...names: string[]) => {
    const name = names.find((candidate) => variables[candidate]?.trim());
    return name === undefined ? undefined : { name, value: variables[name]?.trim() ?? '' };
  };
  const string = (...names: string[]) => read(...names)?.value;
  const flag = (name: string) => {
    const found = read(name);
    return found && toBoolean(found.name, found.value);
  };
  const number = (check: Check, ...names: string[]) => {
    const found = read(...names);
    return found && toNumber(found.name, found.value, check);
  };

  const dsn = read('SENTRY_DSN');
  if (dsn) dsnCheck(dsn.value, dsn.name);
  const sendPii = flag('SENTRY_SEND_DEFAULT_PII');

  const directory = string('SENTRY_SPOOL_DIR');

  return {
    enabled: flag('SENTRY_ENABLED'),
    dsn: dsn?.value,
    environment: string('SENTRY_ENVIRONMENT', 'NODE_ENV'),
    release: string('SENTRY_RELEASE', 'GIT_COMMIT_SHA', 'APP_VERSION'),
    serverName: string('SENTRY_SERVER_NAME', 'HOSTNAME'),
    debug: flag('SENTRY_DEBUG'),
    sampleRate: number(rate, 'SENTRY_SAMPLE_RATE', 'SENTRY_ERROR_SAMPLE_RATE'),
    tracesSampleRate: number(rate, 'SENTRY_TRACES_SAMPLE_RATE'),
    profilesSampleRate: number(rate, 'SENTRY_PROFILES_SAMPLE_RATE'),
    maxBreadcrumbs: number(count, 'SENTRY_MAX_BREADCRUMBS'),
    attachStacktrace: flag('SENTRY_ATTACH_STACKTRACE'),
    includeLocalVariables: flag('SENTRY_INCLUDE_LOCAL_VARIABLES'),
    shutdownTimeout: milliseconds(read('SENTRY_SHUTDOWN_TIMEOUT')),
    throttle: flag('SENTRY_THROTTLE') === false ? false : undefined,
    spool: directory === undefined ? undefined : { directory },
    scrubbing: sendPii === undefined ? undefined : { pii: sendPii ? 'keep' : 'pseudonym' },
  };
}

/** @throws ConfigurationError - if the value of the variable is neither true nor false */
export function toBoolean(name: string, value: string): boolean {
  const lower = value.toLowerCase();
  if (TRUE.has(lower)) return true;
  if (FALSE.has(lower)) return false;
  throw new ConfigurationError({
    path: name,
    received: value,
    expected: 'true or false (or 1/0, yes/no, on/off)',
    fix: `set ${name}=true or ${name}=false`,
  });
}

/** @throws ConfigurationError - if the value of the variable does not pass the check */
export function toNumber(name: string, value: string, check: Check): number {
  const parsed = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : value;
  check(parsed, name);
  return parsed as number;
}

/** Shortest duration that is accepted without a unit. */
const MIN_MILLISECONDS = 100;

function milliseconds(found: { name: string; value: string } | undefined): number | undefined {
  if (!found) return undefined;
  const { name, value: received } = found;
  const hasUnit = !/^\d+(\.\d+)?$/.test(received);
  const value = hasUnit ? received : Number(received);
  duration(value, name);
  if (typeof value === 'number' && value > 0 && value < MIN_MILLISECONDS) {
    throw new ConfigurationError({
      path: name,
      received,
      expected: `a duration with a unit, or ${MIN_MILLISECONDS} milliseconds or more`,
      fix: `did you mean ${value} seconds? Set ${name}=${value}s, or ${name}=${value}ms for ${value} milliseconds`,
    });
  }
  return parseDuration(value);
}
