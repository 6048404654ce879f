import type { Event, EventHint } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import type { Execution } from './execution.js';

/** Adds to an error or a message what a hook knows of it. */
export type EventDescriber = (event: Event, hint: EventHint, execution: Execution) => void;

/** By the name of the hook: the first copy of this package to add one wins. */
const describers = processWide('event-describers', () => new Map<string, EventDescriber>());

/** Called for every event once its execution and its operations are described, before it is grouped. */
export function addEventDescriber(name: string, describe: EventDescriber): void {
  if (!describers.has(name)) describers.set(name, describe);
}

export function describeByHooks(event: Event, hint: EventHint, execution: Execution): void {
  for (const [name, describe] of describers) {
    guarded(name, () => {
      describe(event, hint, execution);
    });
  }
}
