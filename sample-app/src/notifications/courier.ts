import type { NotificationKind } from './notifications.service.js';

/** Has a notification delivered later, outside of the request. */
export abstract class Courier {
  /** @param delay - in milliseconds; default 0 */
  abstract send(kind: NotificationKind, orderId: number, delay?: number): Promise<void>;
}
