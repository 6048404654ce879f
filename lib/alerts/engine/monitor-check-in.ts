import type { CheckIn, Monitor } from '../../capture/check-ins.js';

/** A check-in, with what is known of the times of its monitor. */
export interface MonitorCheckIn {
  readonly slug: string;
  /** A crontab with five fields, and the minutes that a run may be late. */
  readonly schedule?: { readonly crontab: string; readonly timeZone: string; readonly margin: number };
}

/** What is known of the times of a monitor; intervals are written as a crontab only if Sentry is told one. */
export function monitorOf({ monitorSlug: slug }: CheckIn, config: Monitor['config'] | undefined): MonitorCheckIn {
  const schedule = config?.schedule;
  if (schedule?.type !== 'crontab') return { slug };
  const { timezone = 'UTC', checkinMargin = 1 } = config ?? {};
  return { slug, schedule: { crontab: schedule.value, timeZone: timezone, margin: checkinMargin } };
}
