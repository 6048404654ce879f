import { randomUUID } from 'node:crypto';
import { clientState } from '../../client/state.js';
import type { AlertKind, AlertNotification, AlertSeverity } from '../../options/alert-options.js';
import { countUsers } from './distinct-users.js';
import type { AlertText, LifeEvent } from './life.js';

/** The rule of notifications that are sent by hand. */
export const BY_HAND = 'notify';

interface RuleFacts {
  readonly name: string;
  readonly severity: AlertSeverity;
}

/** A notification about an alert. */
export function notificationOf({ kind, alert, users }: LifeEvent, rule: RuleFacts): AlertNotification {
  return {
    id: alert.id,
    kind,
    rule: rule.name,
    severity: rule.severity,
    ...alert.text,
    ...where(),
    count: alert.count,
    users: countUsers(users),
    firstSeen: new Date(alert.firstSeen).toISOString(),
    lastSeen: new Date(alert.lastSeen).toISOString(),
  };
}

/** A notification about something that has no life. */
export function singleNotification(
  kind: AlertKind,
  rule: RuleFacts,
  text: AlertText,
  { now, count = 1, users = 0 }: { now: number; count?: number; users?: number },
): AlertNotification {
  const time = new Date(now).toISOString();
  return {
    id: randomUUID(),
    kind,
    rule: rule.name,
    severity: rule.severity,
    ...text,
    ...where(),
    count,
    users,
    firstSeen: time,
    lastSeen: time,
  };
}

function where(): Pick<AlertNotification, 'environment' | 'release'> {
  const { environment = 'development', release } = clientState.options ?? {};
  return { environment, ...(release !== undefined && { release }) };
}
