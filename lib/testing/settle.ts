import timers from 'node:timers';
import { clientState, isActive } from '../client/state.js';
import { arrivals } from './arrivals.js';
import { runningWork } from './running-work.js';

// As it is now: a test may replace it.
const { setImmediate } = timers;

/** How long requests and spans that do not end are awaited, in milliseconds: less than a test may take. */
const MOST_WAITING = 2_000;
const FLUSH_TIMEOUT = 2_000;

/**
 * Waits until nothing more is on its way: until no request, message, job or span runs, and all events that they have
 * captured have passed their event processors and the scrubber.
 *
 * @returns the names of what was still running after two seconds
 */
export async function settle(): Promise<string[]> {
  const unended: string[] = [];
  for (let changes = -1; changes !== activity();) {
    changes = activity();
    await nextTurn();
    unended.push(...(await runningWork.idle(MOST_WAITING)));
    if (isActive()) await clientState.client?.flush(FLUSH_TIMEOUT);
  }
  return unended;
}

function activity(): number {
  return arrivals.order + runningWork.changes;
}

/** What was written to a socket of this process, or is called back in this turn, comes first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
