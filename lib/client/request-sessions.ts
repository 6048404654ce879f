import type { NodeClient } from '@sentry/nestjs';
import { clearTimeout, setTimeout } from 'node:timers';
import { guarded } from '../stats/stats.js';

/** The session of a request, which the SDK marks when it captures an error. */
export interface RequestSession {
  status: 'ok' | 'errored' | 'crashed';
}
interface Totals {
  exited: number;
  errored: number;
  crashed: number;
}

const MINUTE = 60_000;

/** Counts the sessions of requests that the SDK does not instrument, and sends their totals as the SDK does. */
export class RequestSessions {
  /** By the minute in which they ended. */
  private readonly minutes = new Map<number, Totals>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly client: NodeClient) {
    client.on('flush', () => {
      this.flush();
    });
  }

  count({ status }: RequestSession): void {
    const minute = Math.floor(Date.now() / MINUTE);
    let totals = this.minutes.get(minute);
    if (!totals) {
      totals = { exited: 0, errored: 0, crashed: 0 };
      this.minutes.set(minute, totals);
      this.timer ??= setTimeout(() => {
        this.flush();
      }, MINUTE).unref();
    }
    totals[status === 'ok' ? 'exited' : status]++;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.minutes.size === 0) return;
    const aggregates = [...this.minutes].map(([minute, totals]) => ({
      started: new Date(minute * MINUTE).toISOString(),
      ...totals,
    }));
    this.minutes.clear();
    guarded('request-sessions', () => {
      this.client.sendSession({ aggregates });
    });
  }
}
