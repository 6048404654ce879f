import { clearInterval, setImmediate, setInterval } from 'node:timers';
import { countFault, guarded } from '../stats/stats.js';
import { countDropped } from './counts.js';
import type { Outbox } from './outbox.js';
import { recoverAbandoned } from './spool/recovery.js';
import type { Spool } from './spool/spool.js';

const HEARTBEAT_INTERVAL = 5_000;
/** Abandoned envelopes are recovered at the start and after this many heartbeats. */
const ADOPT_EVERY = 3;

/**
 * Starts the periodic work of the outbox and registers its exit handlers, until the outbox is shut. Does not keep the
 * process alive.
 *
 * @param exitTimeout - how long a process whose work is done waits for pending requests, in milliseconds
 */
export function startMaintenance(outbox: Outbox, spool: Spool | undefined, exitTimeout: number): void {
  let heartbeats = 0;
  let isAdopting = false;
  const adopt = async () => {
    if (!spool || isAdopting) return;
    isAdopting = true;
    try {
      await recoverAbandoned(spool, {
        onFound: (abandoned) => {
          outbox.recover(abandoned);
        },
        onDamaged: () => {
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
  spool?.whenOpen(() => {
    guarded('delivery', () => {
      outbox.heartbeat();
    });
    void adopt();
  });
  const beat = setInterval(() => {
    guarded('delivery', () => {
      outbox.heartbeat();
      outbox.dropExpired();
      if (++heartbeats % ADOPT_EVERY === 0) void adopt();
    });
  }, HEARTBEAT_INTERVAL).unref();
  const onBeforeExit = () => {
    // Other listeners run first, so that their captures are also awaited.
    queueMicrotask(() => {
      guarded('delivery', () => {
        outbox.waitForExit(exitTimeout);
      });
    });
  };
  const onExit = () => {
    guarded('delivery', () => {
      outbox.close();
    });
  };
  process.on('beforeExit', onBeforeExit).on('exit', onExit);
  outbox.onShut.push(() => {
    clearInterval(beat);
    process.off('beforeExit', onBeforeExit).off('exit', onExit);
  });
}
