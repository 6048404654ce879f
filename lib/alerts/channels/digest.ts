import { randomUUID } from 'node:crypto';
import type { AlertNotification, AlertSeverity } from '../../options/alert-options.js';

/** Notifications that a digest contains; it counts the others. */
const MAX_ALERTS = 20;
const MAX_LINES = 10;
const SEVERITIES: readonly AlertSeverity[] = ['info', 'warning', 'error', 'critical'];

/** Collects the notifications of one window, in constant memory. */
export class Digest {
  private readonly alerts: AlertNotification[] = [];
  private omitted = 0;
  private count = 0;
  private users = 0;
  private severity: AlertSeverity = 'info';
  private lastSeen = '';
  private firstSeen = '';

  add(notification: AlertNotification): void {
    this.count += notification.count;
    this.users = Math.max(this.users, notification.users);
    if (SEVERITIES.indexOf(notification.severity) > SEVERITIES.indexOf(this.severity))
      this.severity = notification.severity;
    if (this.firstSeen === '' || notification.firstSeen < this.firstSeen) this.firstSeen = notification.firstSeen;
    if (notification.lastSeen > this.lastSeen) this.lastSeen = notification.lastSeen;
    if (this.alerts.length < MAX_ALERTS) {
      this.alerts.push(notification);
      return;
    }
    this.omitted++;
    // The stages of an alert matter more than one error of many: an incident that is over must be closed.
    const replaceable = isStage(notification) ? this.alerts.findLastIndex((each) => !isStage(each)) : -1;
    if (replaceable !== -1) this.alerts.splice(replaceable, 1, notification);
  }

  /** How many notifications it stands for. */
  get size(): number {
    return this.alerts.length + this.omitted;
  }

  /** @returns undefined if nothing was added */
  get notification(): AlertNotification | undefined {
    const [first] = this.alerts;
    if (!first) return undefined;
    const { alerts, omitted, count, users, severity, firstSeen, lastSeen, size } = this;
    const rules = [...new Set(alerts.map(({ rule }) => rule))];
    const { environment, release } = first;
    const lines = alerts.slice(0, MAX_LINES).map(({ kind, title }) => `${kind === 'fired' ? '' : `${kind}: `}${title}`);
    if (size > MAX_LINES) lines.push(`and ${size - MAX_LINES} more`);
    return {
      id: randomUUID(),
      kind: 'digest',
      rule: rules.length === 1 ? first.rule : 'digest',
      severity,
      title: size === 1 ? first.title : `${size} alerts: ${rules.join(', ')}`,
      message: lines.join('\n'),
      environment,
      ...(release !== undefined && { release }),
      count,
      users,
      firstSeen,
      lastSeen,
      tags: {},
      alerts: [...alerts],
      ...(omitted > 0 && { omitted }),
    };
  }
}

function isStage({ kind }: AlertNotification): boolean {
  return kind !== 'fired';
}
