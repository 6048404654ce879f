import { BY_HAND } from '../engine/notifications.js';
import type { AlertNotification } from '../../options/alert-options.js';

const KINDS: Readonly<Record<AlertNotification['kind'], string>> = {
  fired: '',
  ongoing: 'Still: ',
  escalated: 'Escalated: ',
  acknowledged: 'Acknowledged: ',
  recovered: 'Recovered: ',
  digest: '',
  test: 'Test: ',
};

/** The title with the stage of the alert before it. */
export function headingOf({ kind, title }: AlertNotification): string {
  return `${KINDS[kind]}${title}`;
}

/** What is known of an alert besides its title and message, as names and values. */
export function detailsOf(notification: AlertNotification): [name: string, value: string][] {
  const { rule, severity, environment, release, count, users, firstSeen, lastSeen } = notification;
  return [
    ['Rule', rule],
    ['Severity', severity],
    ['Environment', environment],
    ...(release === undefined ? [] : [['Release', release] satisfies [string, string]]),
    ['Count', String(count)],
    ['Affected users', String(users)],
    ['First seen', firstSeen],
    ['Last seen', lastSeen],
  ];
}

/** What a link to the issue, or to what the sender has given, is called. */
export function linkText({ rule }: AlertNotification): string {
  return rule === BY_HAND ? 'Open' : 'Open in Sentry';
}

/** On one line, without control characters. */
export function oneLine(text: string, maxLength: number): string {
  // eslint-disable-next-line no-control-regex -- they would end a header
  const line = text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
  if (line.length <= maxLength) return line;
  const isWithinCharacter = /[\ud800-\udbff]/.test(line.charAt(maxLength - 2));
  return `${line.slice(0, maxLength - (isWithinCharacter ? 2 : 1))}…`;
}
