import { providerPrototypes, type ModulesContainer } from '../hooks/provider-prototypes.js';
import { hookBullMq } from '../integrations/bullmq/hook-bullmq.js';
import { hookCqrs } from '../integrations/events/hook-cqrs.js';
import { hookEvents } from '../integrations/events/hook-events.js';
import { hookSchedule } from '../integrations/schedule/hook-schedule.js';
import { guarded } from '../stats/stats.js';

/** @param modules - before any module is initialized */
export function hookBackgroundWork(modules: ModulesContainer): void {
  guarded('background-hooks', () => {
    for (const prototype of providerPrototypes(modules)) {
      hookSchedule(prototype);
      hookEvents(prototype);
      hookCqrs(prototype);
      hookBullMq(prototype, modules);
    }
  });
}
