import { currentOperation, unfinishedAround, type Operation } from '../context/operation.js';
import { reportMessage } from './report-message.js';

/** Work that took longer than its threshold. */
export interface SlowWork {
  name: string;
  /** Milliseconds. */
  duration: number;
  /** Milliseconds. */
  threshold: number;
  data?: object;
  tags?: Record<string, string | number | boolean | null | undefined>;
  /** What it is: the message is `Slow operation`, the fingerprint begins with `slow-operation`. Default: `operation`. */
  what?: 'operation' | 'job' | 'event' | 'command' | 'query' | 'service' | 'notification';
}

/** Sends a warning about slow work, grouped by its name, with the surrounding operations. */
export function reportSlow(work: SlowWork, around: Operation | undefined = currentOperation()): string | undefined {
  const { name, threshold, data, what = 'operation' } = work;
  const duration = rounded(work.duration);
  const outer = unfinishedAround(around).map((operation) => ({ name: operation.name, data: operation.data }));
  const chain = [...outer, data ? { name, data } : { name }];
  const operation = { name, operation: name, duration, threshold, factor: factorOf(duration, threshold), chain };
  return reportMessage(`Slow ${what}`, {
    level: 'warning',
    fingerprint: [`slow-${what}`, name],
    tags: { ...work.tags, operation: name },
    contexts: { operation },
  });
}

/** The duration as a multiple of the threshold. */
export function factorOf(duration: number, threshold: number): number {
  return threshold > 0 ? rounded(duration / threshold) : duration;
}

/** Rounds to hundredths. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
