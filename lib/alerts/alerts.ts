import { Inject, Injectable, Optional } from '@nestjs/common';
import type { AlertNotification } from '../options/alert-options.js';
import * as schema from '../options/schema.js';
import { shareClass } from '../process-state/class-copies.js';
import { SEVERITIES } from './rules/check-rule.js';
import type { AlertMessage, RunningAlerts } from './running-alerts.js';

/** @internal Injection token of the {@link AlertsHost}. */
export const ALERTS_HOST = Symbol.for('nestjs-error-tracker.alerts-host');

const checkTitle = schema.check(
  'a title',
  "use for example { title: 'Stock is low' }",
  (value) => typeof value === 'string' && value.trim() !== '',
);
const isText = (value: unknown) => typeof value === 'string';
const checkMessage = schema.shape({
  title: checkTitle,
  message: schema.check('a text', 'use a text, or omit it', isText),
  severity: schema.oneOf(...SEVERITIES),
  tags: schema.check(
    'an object of texts',
    "use for example { shop: 'north' }",
    (value) => typeof value === 'object' && value !== null && Object.values(value).every(isText),
  ),
  url: schema.check(
    'an http or https URL',
    'use the whole address of a page, or omit it',
    (value) => typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value),
  ),
});
const checkNames = schema.check(
  'the name of a channel, or several of them',
  "use for example notify('ops', { title: 'Stock is low' })",
  (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
);

/** @internal The application, whose alerts run once it has started. */
export interface AlertsHost {
  readonly alerts?: RunningAlerts | undefined;
}

/**
 * The alerts of the application. Provided by `SentryModule`; without rules and channels it does nothing.
 *
 * @example
 * ```ts
 * import { Alerts } from 'nestjs-error-tracker/alerts';
 *
 * @Injectable()
 * export class StockService {
 *   constructor(private readonly alerts: Alerts) {}
 *
 *   warn(shelf: string): Promise<void> {
 *     return this.alerts.notify(['team'], { title: 'Stock is low', severity: 'warning', tags: { shelf } });
 *   }
 * }
 * ```
 */
@Injectable()
export class Alerts {
  // A property, so that the constructor's declaration exposes no internal type.
  @Optional()
  @Inject(ALERTS_HOST)
  private readonly host?: AlertsHost;

  /** The alerts that have fired and not recovered; with a Redis store, as of five seconds ago at most. */
  active(): AlertNotification[] {
    return this.host?.alerts?.active() ?? [];
  }

  /**
   * Says that somebody takes care of the alert of a rule: it escalates no further, and its channels are told.
   *
   * @param rule - its name
   * @returns false if the rule has no alert, or its alert was acknowledged before
   */
  async acknowledge(rule: string): Promise<boolean> {
    return (await this.host?.alerts?.acknowledge(rule)) ?? false;
  }

  /**
   * Sends one notification by hand, for what a rule cannot see. It is scrubbed, limited and tried again like all others,
   * and resolves once it is on its way: `status().alerts` shows what has become of it.
   *
   * @param channels - their names
   * @throws ConfigurationError - if there is no such channel, the title is missing, or a value is wrong
   */
  async notify(channels: string | string[], message: AlertMessage): Promise<void> {
    const { alerts } = this.host ?? {};
    if (!alerts) return;
    const names: unknown = typeof channels === 'string' ? [channels] : channels;
    checkNames(names, 'alerts.notify');
    checkMessage(message, 'alerts.notify');
    checkTitle(message.title, 'alerts.notify.title');
    alerts.notify(names as string[], message);
    return Promise.resolve();
  }
}

shareClass('Alerts', Alerts);
