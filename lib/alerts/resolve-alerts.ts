import { ConfigurationError } from '../options/configuration-error.js';
import type { AlertChannel, AlertOptions, AlertRule, AlertStore } from '../options/alert-options.js';
import * as schema from '../options/schema.js';
import { digestCheck } from './channels/channel-options.js';
import { channelUrl } from './channels/channel-url.js';
import { compileRule } from './engine/compiled-rule.js';
import { alertsFromEnvironment, variablesOf } from './environment.js';
import { checkRule } from './rules/rule-kinds.js';
import { standardRules } from './rules/standard-rules.js';
import { memoryStore } from './store/memory-store.js';

/** The alerts of an application: options and environment variables together. */
export interface ResolvedAlerts {
  readonly rules: readonly AlertRule[];
  readonly channels: Readonly<Record<string, AlertChannel>>;
  readonly store: AlertStore;
  readonly organizationUrl: string | undefined;
}

const channels: schema.Check = (value, path) => {
  schema.object(value, path);
  for (const [name, channel] of Object.entries(value as Record<string, AlertChannel>)) {
    isChannel(channel, `${path}.${name}`);
    if (channel.digest !== undefined) digestCheck(channel.digest, `${path}.${name}.digest`);
  }
};
const isChannel = schema.check(
  'a channel: an object with a method send',
  'make it with slack(), email(), pagerDuty(), jira(), webhook() or consoleChannel(), or write send(notification, signal)',
  (value) => typeof (value as { send?: unknown } | null)?.send === 'function',
);
const isStore = schema.check(
  'a store',
  'make it with memoryStore() or redisStore(client)',
  (value) => typeof (value as { update?: unknown } | null)?.update === 'function',
);

const shape = schema.shape({
  rules: schema.arrayOf(checkRule, 'rules'),
  channels,
  store: isStore,
  organizationUrl: (value, path) => {
    channelUrl(value, path, 'https://acme.sentry.io');
  },
  enabled: schema.boolean,
});

/**
 * Checks the options of alerts, and adds what the environment says.
 *
 * @param path - of the options
 * @returns undefined if there is nothing to do
 * @throws ConfigurationError - if an option or a variable has a wrong value, or a rule names a channel that is not there
 */
export function resolveAlerts(
  options: AlertOptions | undefined,
  variables: Readonly<Record<string, string | undefined>>,
  path = 'alerts',
): ResolvedAlerts | undefined {
  if (options !== undefined) shape(options, path);
  if (options?.enabled === false) return undefined;
  const environment = alertsFromEnvironment(variables);
  const all = { ...environment.channels, ...definedOnly(options?.channels) };
  const names = Object.keys(all);
  const given = options?.rules?.map((rule, at) => checkRule(rule, `${path}.rules[${at}]`));
  const rules = given ?? (names.length > 0 ? standardRules(definedOnly(environment.thresholds)) : []);
  refuseEqualNames(rules, path);
  const known = new Set([...names, ...environment.silenced]);
  rules.forEach((rule, at) => {
    refuseUnknownChannels(rule, `${path}.rules[${at}]`, known);
    compileRule(rule, `${path}.rules[${at}]`, names, '');
  });
  if (names.length === 0 && rules.length === 0) return undefined;
  return {
    rules,
    channels: all,
    store: options?.store ?? memoryStore(),
    organizationUrl: options?.organizationUrl,
  };
}

function refuseEqualNames(rules: readonly AlertRule[], path: string): void {
  const names = new Set<string>();
  rules.forEach(({ name }, at) => {
    if (names.has(name)) {
      throw new ConfigurationError({
        path: `${path}.rules[${at}].name`,
        received: name,
        expected: 'a name that no other rule has',
        fix: 'give one of the two rules another name',
      });
    }
    names.add(name);
  });
}

function refuseUnknownChannels(rule: AlertRule, path: string, known: ReadonlySet<string>): void {
  const named: [name: string, path: string][] = [
    ...(rule.notify ?? []).map((name, at): [string, string] => [name, `${path}.notify[${at}]`]),
    ...(rule.escalate ?? []).flatMap(({ notify }, step) =>
      notify.map((name, at): [string, string] => [name, `${path}.escalate[${step}].notify[${at}]`]),
    ),
  ];
  for (const [name, at] of named) {
    if (!known.has(name)) throw unknownChannel(name, at, known);
  }
}

export function unknownChannel(name: string, path: string, known: ReadonlySet<string>): ConfigurationError {
  const variables = variablesOf(name);
  return new ConfigurationError({
    path,
    received: name,
    expected: known.size > 0 ? `one of the channels (${[...known].join(', ')})` : 'a channel: there are none',
    fix: variables
      ? `set ${variables.needs.join(' and ')}, or ${variables.switch}=false to leave it out`
      : `add it to alerts.channels, or correct the name`,
  });
}

function definedOnly<T extends object>(values: T | undefined): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(values ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> };
}
