import { Inject, Injectable, Optional } from '@nestjs/common';
import { ConfigurationError } from '../options/configuration-error.js';
import type { AlertNotification } from '../options/alert-options.js';
import type { AlertMessage, RunningAlerts } from './running-alerts.js';

/** @internal Injection token of the {@link AlertsHost}. */
export const ALERTS_HOST = Symbol.for('nestjs-error-tracker.alerts-host');

/** @internal The application, whose alerts run once it has started. */
export interface AlertsHost {
  readonly alerts?: RunningAlerts | undefined;
}

/** The alerts of the application. Provided by `SentryModule`; without rules and channels it does nothing. */
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
   * @throws ConfigurationError - if there is no such channel, or the title is missing
   */
  async notify(channels: string | string[], message: AlertMessage): Promise<void> {
    const { alerts } = this.host ?? {};
    if (!alerts) return;
    if (typeof (message as Partial<AlertMessage> | undefined)?.title !== 'string') {
      throw new ConfigurationError({
        path: 'alerts.notify',
        received: message,
        expected: 'a message with a title',
        fix: "use for example { title: 'Stock is low' }",
      });
    }
    alerts.notify(typeof channels === 'string' ? [channels] : channels, message);
    return Promise.resolve();
  }
}
