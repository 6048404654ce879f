import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import type { Duration } from '../../options/duration.js';
import { checkChannel, checkedLater, secretText } from './channel-options.js';
import { channelUrl } from './channel-url.js';
import { sendRequest } from './http-request.js';
import { detailsOf, headingOf, linkText, oneLine } from './wording.js';

/** Options of {@link slack}. */
export interface SlackOptions {
  /** An incoming webhook of Slack. */
  webhookUrl: string;
  /** Only old webhooks may choose it. Default: the channel of the webhook. */
  channel?: string | undefined;
  /** Slack accepts one message a second. Default: `1s`. */
  digest?: Duration | false | undefined;
}

/** Slack's own limits: header, text and field of a section, blocks. */
const MAX_HEADER = 150;
const MAX_SECTION = 2_900;
const MAX_FIELD = 1_900;
const MAX_LINK = 2_000;
const MAX_ALERTS = 20;
const EMOJI = {
  info: ':information_source:',
  warning: ':warning:',
  error: ':red_circle:',
  critical: ':rotating_light:',
};

/**
 * Posts to an incoming webhook of Slack, as Block Kit. Texts are escaped, so that an error message can neither notify a
 * channel nor hide a link.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @throws ConfigurationError - if an option is missing, unknown or has a wrong value
 * @example
 * ```ts
 * import { slack } from 'nestjs-error-tracker/alerts';
 *
 * slack({ webhookUrl: process.env.TEAM_WEBHOOK!, channel: '#alerts' });
 * ```
 */
export function slack(options: SlackOptions): AlertChannel {
  checkChannel('slack', options, { webhookUrl: checkedLater, channel: secretText }, ['webhookUrl']);
  const url = channelUrl(options.webhookUrl, 'slack.webhookUrl', 'https://hooks.slack.com/services/T…/B…/…');
  const { channel } = options;
  return {
    digest: options.digest,
    async send(notification, signal) {
      const body = { ...messageOf(notification), ...(channel !== undefined && { channel }) };
      await sendRequest({ url, body, signal });
    },
  };
}

function messageOf(notification: AlertNotification): object {
  const { severity, alerts, omitted = 0 } = notification;
  const [only] = alerts?.length === 1 && omitted === 0 ? alerts : [];
  if (only) return messageOf(only);
  const heading = oneLine(headingOf(notification), MAX_HEADER - 30);
  const emoji = notification.kind === 'recovered' ? ':white_check_mark:' : EMOJI[severity];
  return {
    text: `${emoji} ${escaped(heading)}`,
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: `${emoji} ${escaped(heading, MAX_HEADER - 30)}`, emoji: true },
      },
      ...(alerts ? alerts.slice(0, MAX_ALERTS).map(lineOf) : bodyOf(notification)),
      ...(omitted > 0 ? [section(`and ${omitted} more`)] : []),
    ],
  };
}

function bodyOf(notification: AlertNotification): object[] {
  const { message, url, tags } = notification;
  const named = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  return [
    ...(message === '' ? [] : [section(escaped(message, MAX_SECTION))]),
    {
      type: 'section',
      fields: detailsOf(notification).map(([name, value]) => mrkdwn(`*${name}*\n${escaped(value, MAX_FIELD)}`)),
    },
    ...(named.length === 0 ? [] : [{ type: 'context', elements: [mrkdwn(escaped(named.join(' · '), MAX_FIELD))] }]),
    ...(url === undefined ? [] : [section(linkTo(url, linkText(notification)))]),
  ];
}

function lineOf(notification: AlertNotification): object {
  const { count, url, severity } = notification;
  const link = url === undefined ? '' : ` ${linkTo(url, linkText(notification))}`;
  return section(
    `${EMOJI[severity]} ${escaped(headingOf(notification), MAX_SECTION - MAX_LINK - 100)} (${count})${link}`,
  );
}

function section(text: string): object {
  return { type: 'section', text: mrkdwn(text) };
}

/** `verbatim`: names of channels and people in the text stay text. */
function mrkdwn(text: string): object {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** A longer link than Slack accepts is left out: a part of it would lead nowhere. */
function linkTo(url: string, text: string): string {
  const target = url.replace(/[<>|\s]/g, encodeURIComponent).replaceAll('&', '&amp;');
  return target.length > MAX_LINK ? text : `<${target}|${text}>`;
}

/** Escaping makes a text longer: it is cut as it will be sent. */
function escaped(text: string, maxLength = Infinity): string {
  let result = '';
  for (const character of text.replace(/@(?=(?:here|channel|everyone)\b)/gi, '@\u200b')) {
    const next = ENTITIES[character] ?? character;
    if (result.length + next.length > maxLength - 1) return `${result}…`;
    result += next;
  }
  return result;
}

const ENTITIES: Readonly<Record<string, string | undefined>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
