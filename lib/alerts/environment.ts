import { ConfigurationError } from '../options/configuration-error.js';
import type { AlertChannel } from '../options/alert-options.js';
import { toBoolean, toNumber } from '../options/environment.js';
import { count } from '../options/schema.js';
import { channelUrl } from './channels/channel-url.js';
import { email } from './channels/email.js';
import { pagerDuty } from './channels/pager-duty.js';
import { slack } from './channels/slack.js';
import { webhook } from './channels/webhook.js';
import { share } from './rules/checks.js';
import type { StandardRuleOptions } from './rules/standard-rules.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** A channel of the environment: the variables that it needs, the first of which is its address. */
interface EnvironmentChannel {
  readonly name: string;
  readonly switch: string;
  readonly needs: readonly string[];
  build(read: (name: string) => string | undefined): AlertChannel;
}

const CHANNELS: readonly EnvironmentChannel[] = [
  {
    name: 'slack',
    switch: 'SENTRY_SLACK_ALERTS_ENABLED',
    needs: ['SENTRY_SLACK_WEBHOOK_URL'],
    build(read) {
      const webhookUrl = read('SENTRY_SLACK_WEBHOOK_URL') ?? '';
      channelUrl(webhookUrl, 'SENTRY_SLACK_WEBHOOK_URL', 'https://hooks.slack.com/services/T…/B…/…');
      return slack({ webhookUrl, channel: read('SENTRY_SLACK_CHANNEL') });
    },
  },
  {
    name: 'email',
    switch: 'SENTRY_EMAIL_ALERTS_ENABLED',
    needs: ['SENTRY_SMTP_URL', 'SENTRY_ALERT_EMAIL_RECIPIENTS'],
    build(read) {
      const recipients = read('SENTRY_ALERT_EMAIL_RECIPIENTS') ?? '';
      return email({
        smtp: read('SENTRY_SMTP_URL') ?? '',
        to: recipients.split(',').flatMap((each) => each.trim() || []),
      });
    },
  },
  {
    name: 'pagerDuty',
    switch: 'SENTRY_PAGERDUTY_ALERTS_ENABLED',
    needs: ['SENTRY_PAGERDUTY_ROUTING_KEY'],
    build: (read) => pagerDuty({ routingKey: read('SENTRY_PAGERDUTY_ROUTING_KEY') ?? '' }),
  },
  {
    name: 'webhook',
    switch: 'SENTRY_WEBHOOK_ALERTS_ENABLED',
    needs: ['SENTRY_ALERT_WEBHOOK_URL'],
    build(read) {
      const url = read('SENTRY_ALERT_WEBHOOK_URL') ?? '';
      channelUrl(url, 'SENTRY_ALERT_WEBHOOK_URL', 'https://example.com/alerts');
      return webhook({ url, secret: read('SENTRY_ALERT_WEBHOOK_SECRET') });
    },
  },
];

/** What the environment says of alerts. */
export interface AlertsOfEnvironment {
  readonly channels: Record<string, AlertChannel>;
  /** Names of channels that are turned off: rules may name them. */
  readonly silenced: readonly string[];
  readonly thresholds: Pick<StandardRuleOptions, 'errorRate' | 'errorCount'>;
}

/**
 * Reads the channels and thresholds of alerts from environment variables. An empty variable counts as unset.
 *
 * @throws ConfigurationError - if a variable cannot be read, or a channel is on without its address
 */
export function alertsFromEnvironment(variables: Variables): AlertsOfEnvironment {
  const read = (name: string) => variables[name]?.trim() || undefined;
  const channels: Record<string, AlertChannel> = {};
  const silenced: string[] = [];
  for (const channel of CHANNELS) {
    const isOn = isSwitchedOn(channel, read);
    if (isOn === false) silenced.push(channel.name);
    else if (isOn) channels[channel.name] = channel.build(read);
  }
  const rate = read('SENTRY_ERROR_RATE_THRESHOLD');
  const errors = read('SENTRY_CRITICAL_ERROR_THRESHOLD');
  return {
    channels,
    silenced,
    thresholds: {
      errorRate: rate === undefined ? undefined : toNumber('SENTRY_ERROR_RATE_THRESHOLD', rate, share),
      errorCount: errors === undefined ? undefined : toNumber('SENTRY_CRITICAL_ERROR_THRESHOLD', errors, count),
    },
  };
}

/** The variable that a channel of the environment lacks, by the name of the channel. */
export function variablesOf(channel: string): { needs: readonly string[]; switch: string } | undefined {
  return CHANNELS.find(({ name }) => name === channel);
}

/** @returns undefined if nothing is set; false if it is turned off */
function isSwitchedOn(
  { needs, switch: switchName }: EnvironmentChannel,
  read: (name: string) => string | undefined,
): boolean | undefined {
  const value = read(switchName);
  const isOn = value === undefined ? undefined : toBoolean(switchName, value);
  if (isOn === false) return false;
  const missing = needs.filter((name) => read(name) === undefined);
  if (isOn === undefined && missing.length === needs.length) return undefined;
  const [first] = missing;
  if (first === undefined) return true;
  throw new ConfigurationError({
    path: first,
    received: undefined,
    expected: `a value, because ${isOn ? switchName : needs.filter((name) => read(name) !== undefined).join(', ')} is set`,
    fix: `set ${first}, or set ${switchName}=false`,
  });
}
