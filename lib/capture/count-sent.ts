import type { Event } from '@sentry/nestjs';
import { guarded, stats } from '../stats/stats.js';

/** Counts the errors and messages that are sent, whatever captured them, except for summaries of other events. */
export function countSent(event: Event): void {
  guarded('capture', () => {
    if (event.type === undefined && event.tags?.throttle !== 'summary') stats.capture.reported++;
  });
}
