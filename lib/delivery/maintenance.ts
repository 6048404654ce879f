import { countFault, guarded } from '../stats/stats.js';
import { countDropped } from './counts.js';
import type { Outbox } from './outbox.js';
import { adoptOrphans } from './spool/adopt.js';
import type { Spool } from './spool/spool.js';

const BEAT = 5_000;
/** What others have left is looked for at the start, and every so many beats. */
const ADOPT_EVERY = 3;

/** What has to be done from time to time, and at the end of the process. Keeps no process alive. */
export function startMaintenance(outbox: Outbox, spool: Spool | undefined): void {
  let beats = 0;
  let isAdopting = false;
  const adopt = async () => {
    if (!spool || isAdopting) return;
    isAdopting = true;
    try {
      await adoptOrphans(spool, {
        found: (orphans) => {
          outbox.adopt(orphans);
        },
        damaged: () => {
          countDropped('spool_damaged');
        },
      });
    } catch {
      countFault('spool-adoption');
    } finally {
      isAdopting = false;
    }
  };
  setImmediate(() => void adopt()).unref();
  setInterval(() => {
    guarded('delivery', () => {
      outbox.beat();
      outbox.dropExpired();
      if (++beats % ADOPT_EVERY === 0) void adopt();
    });
  }, BEAT).unref();
  process.on('exit', () => {
    guarded('delivery', () => {
      outbox.leave();
    });
  });
}
