import { ConfigurationError } from './configuration-error.js';
import { healthShape } from './health-options.js';
import { tunnelShape } from './tunnel-options.js';
import { loggerShape } from './logger-options.js';
import type { CaptureOptions, IgnoreRule, SentryModuleOptions } from './module-options.js';
import { fixOfInitOption, initShape } from './resolve-init.js';
import * as schema from './schema.js';

const status: schema.Check = (value, path) => {
  schema.object(value, path);
  for (const [key, rate] of Object.entries(value as object)) {
    const at = `${path}.${key}`;
    if (!/^(4xx|5xx|[1-5]\d\d)$/.test(key)) {
      throw new ConfigurationError({
        path: at,
        received: key,
        expected: "a status code such as 403, or '4xx' or '5xx'",
        fix: "use a status code or a class as key, for example { '4xx': 0.1, 403: 1 }",
      });
    }
    if (rate !== undefined) schema.rate(rate, at);
  }
};

const IGNORE_RULE = 'an error class, a non-empty string, a regular expression or a function';
const ignoreRule: schema.Check = (value, path) => {
  if (typeof value === 'function' || (typeof value === 'string' && value !== '') || value instanceof RegExp) return;
  throw new ConfigurationError({
    path,
    received: value,
    expected: IGNORE_RULE,
    fix:
      value === undefined
        ? 'the class is not defined yet: look for a circular import, or use its name as a string'
        : 'use for example OutOfStockError, "ECONNRESET", /^Aborted/ or (error) => error.code === "P2025"',
  });
};

const ignoreRules: schema.Check = (value, path) => {
  if (!Array.isArray(value)) {
    throw new ConfigurationError({
      path,
      received: value,
      expected: `an array, each entry ${IGNORE_RULE}`,
      fix: 'put it in an array, for example [OutOfStockError, "ECONNRESET"]',
    });
  }
  value.forEach((entry, index) => {
    ignoreRule(entry, `${path}[${index}]`);
  });
};

export const captureShape = schema.shape({
  status,
  ignore: ignoreRules,
  graphqlCodes: schema.arrayOf(schema.text, 'codes such as BAD_USER_INPUT'),
});

const budgets: schema.Check = (value, path) => {
  schema.object(value, path);
  for (const [pattern, limit] of Object.entries(value as object)) {
    schema.text(pattern, `${path}['${pattern}']`);
    schema.duration(limit, `${path}['${pattern}']`);
  }
};

const switches = schema.shape({
  bullmq: schema.boolean,
  schedule: schema.boolean,
  events: schema.boolean,
  redis: schema.boolean,
  httpClient: schema.boolean,
  notifications: schema.boolean,
  typeorm: schema.boolean,
  prisma: schema.boolean,
});
const integrations: schema.Check = (value, path) => {
  if (Array.isArray(value)) {
    const expected = 'which partner libraries are tracked, such as { bullmq: false }';
    const fix = 'move the integrations of the SDK to init.sdk.integrations';
    throw new ConfigurationError({ path, received: value, expected, fix });
  }
  switches(value, path);
};

const moduleShape = schema.shape(
  {
    init: initShape,
    capture: captureShape,
    user: schema.either(
      'a function of the request, or an object with resolve or fields',
      'use for example (request) => ({ id: request.user.sub })',
      schema.callable,
      schema.shape({ resolve: schema.callable, fields: schema.arrayOf(schema.text, 'property names') }),
    ),
    context: schema.shape({
      tags: schema.callable,
      cls: schema.arrayOf(schema.text, "keys such as 'tenantId'"),
      requestIdHeader: schema.text,
    }),
    logger: loggerShape,
    operations: schema.shape({ slowerThan: schema.duration }),
    budgets,
    alerts: schema.object,
    health: healthShape,
    tunnel: tunnelShape,
    integrations,
    isGlobal: schema.boolean,
  },
  fixOfInitOption,
);

/** @throws ConfigurationError - if an option is unknown or has a wrong value */
export function validateModuleOptions(options: unknown): asserts options is SentryModuleOptions {
  moduleShape(options, '');
}

/** Merges `inner` into `outer`: its statuses and GraphQL codes win, its ignore rules are added. */
export function mergeCapture(outer: CaptureOptions, inner: CaptureOptions): CaptureOptions {
  const ignore: IgnoreRule[] = [...(outer.ignore ?? []), ...(inner.ignore ?? [])];
  const graphqlCodes = inner.graphqlCodes ?? outer.graphqlCodes;
  return { status: { ...outer.status, ...inner.status }, ignore, graphqlCodes };
}
