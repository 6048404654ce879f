import { reportSlow, type SlowWork } from '../../capture/report-slow.js';
import type { Tracking } from '../../partners/partner.js';
import { guarded } from '../../stats/stats.js';
import type { EventSettings } from './events-options.js';

/** Runs a handler, and warns if it takes longer than the application allows. */
export function warningIfSlow(
  name: string,
  what: NonNullable<SlowWork['what']>,
  { settings, application }: Tracking<EventSettings>,
  run: () => unknown,
): unknown {
  const threshold = settings.slowerThan ?? application.context.slowerThan;
  return threshold === undefined ? run() : measured({ name, what, threshold }, run);
}

async function measured(work: Omit<SlowWork, 'duration'>, run: () => unknown): Promise<unknown> {
  const startedAt = performance.now();
  try {
    return await run();
  } finally {
    guarded('slow-event', () => {
      const duration = performance.now() - startedAt;
      if (duration > work.threshold) reportSlow({ ...work, duration });
    });
  }
}
