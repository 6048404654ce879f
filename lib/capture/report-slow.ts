import { currentOperation, unfinishedAround, type Operation } from '../context/operation.js';
import { reportMessage } from './report-message.js';

/** Work that took longer than it may. */
export interface SlowWork {
  name: string;
  /** Milliseconds. */
  duration: number;
  /** Milliseconds. */
  threshold: number;
  data?: object;
  tags?: Record<string, string | number | boolean | null | undefined>;
}

/** Warns of slow work, grouped by its name, with the operations around it. */
export function reportSlow(work: SlowWork, around: Operation | undefined = currentOperation()): string | undefined {
  const { name, threshold, data } = work;
  const duration = rounded(work.duration);
  const outer = unfinishedAround(around).map((operation) => ({ name: operation.name, data: operation.data }));
  const chain = [...outer, data ? { name, data } : { name }];
  const operation = { name, operation: name, duration, threshold, factor: factorOf(duration, threshold), chain };
  return reportMessage('Slow operation', {
    level: 'warning',
    fingerprint: ['slow-operation', name],
    tags: { ...work.tags, operation: name },
    contexts: { operation },
  });
}

/** How many times as long as it may. */
export function factorOf(duration: number, threshold: number): number {
  return threshold > 0 ? rounded(duration / threshold) : duration;
}

/** To hundredths. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
