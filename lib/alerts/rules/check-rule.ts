import { ConfigurationError } from '../../options/configuration-error.js';
import * as schema from '../../options/schema.js';
import { match, matchOf, positiveDuration } from './checks.js';
import type { AnyRuleKind } from './rule-kind.js';

export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;

const channels: schema.Check = (value, path) => {
  schema.arrayOf(schema.text, "names of channels, such as ['slack']")(value, path);
  if ((value as unknown[]).length > 0) return;
  throw new ConfigurationError({
    path,
    received: value,
    expected: 'one or more names of channels',
    fix: 'name a channel, or omit it to notify all',
  });
};

const LEVELS = ['error', 'fatal', 'warning', 'log', 'info', 'debug'];

const tags: schema.Check = (value, path) => {
  schema.object(value, path);
  for (const [name, each] of Object.entries(value as object)) match(each, `${path}.${name}`);
};

const escalation = schema.shape({ after: positiveDuration, notify: channels });
const escalations: schema.Check = (value, path) => {
  schema.arrayOf(escalation, "steps such as { after: '5m', notify: ['pager'] }")(value, path);
  (value as object[]).forEach((step, at) => {
    requireOptions(step, ['after', 'notify'], `${path}[${at}]`);
  });
};

const common: Record<string, schema.Check> = {
  name: schema.text,
  where: schema.shape({
    tags,
    domain: match,
    type: match,
    message: match,
    route: match,
    environment: match,
    level: matchOf(LEVELS),
  }),
  notify: channels,
  severity: schema.oneOf(...SEVERITIES),
  cooldown: schema.duration,
  escalate: escalations,
  recovery: schema.boolean,
};

/** @throws ConfigurationError - if an option is missing, unknown or has a wrong value */
export function checkRuleOptions(kind: AnyRuleKind, options: unknown, path: string): void {
  schema.shape({ ...kind.options, ...common })(options, path);
  requireOptions(options as object, kind.required, path);
  refuseConditions(kind, (options as { where?: object }).where ?? {}, `${path}.where`);
}

/** A rule that is not about failures cannot ask what a failure is like. */
function refuseConditions({ kind, where }: AnyRuleKind, given: object, path: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || !where || (where as readonly string[]).includes(name)) continue;
    throw new ConfigurationError({
      path: `${path}.${name}`,
      received: value,
      expected: `one of the conditions of ${kind}(): ${where.join(', ')}`,
      fix: 'remove it: it is about failures, and the rule is not',
    });
  }
}

function requireOptions(options: object, required: readonly string[], path: string): void {
  const missing = required.find((name) => (options as Record<string, unknown>)[name] === undefined);
  if (missing === undefined) return;
  throw new ConfigurationError({
    path: `${path}.${missing}`,
    received: undefined,
    expected: 'a value: it has no default',
    fix: `add ${missing}`,
  });
}
