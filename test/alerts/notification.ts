import type { AlertNotification } from '../../lib/options/alert-options';

/** A notification whose texts try to be more than text. */
export const HOSTILE =
  '<!channel> <!here> @here @channel <https://evil.example|click> & "quoted" \'x\'\r\nBcc: a@evil.example';

export function notification(more: Partial<AlertNotification> = {}): AlertNotification {
  return {
    id: '0f8fad5b-d9cb-469f-a165-70867728950e',
    kind: 'fired',
    rule: 'error-burst',
    severity: 'critical',
    title: '12 errors within 1m',
    message: 'Latest: TypeError: boom\nin GET /orders/:id',
    environment: 'production',
    release: '1.2.3',
    count: 12,
    users: 3,
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-01T00:00:59.000Z',
    url: 'https://acme.sentry.io/issues/?project=1&query=abc',
    tags: { tenant: 'acme' },
    ...more,
  };
}

export function digest(count: number, omitted = 0, more: Partial<AlertNotification> = {}): AlertNotification {
  const alerts = Array.from({ length: count }, (_, at) =>
    notification({ id: `id-${at}`, title: `error ${at}`, ...more }),
  );
  return notification({ kind: 'digest', title: `${count + omitted} alerts`, alerts, ...(omitted > 0 && { omitted }) });
}
