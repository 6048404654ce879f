import { metrics as sdkMetrics } from '@sentry/nestjs';
import { createHash } from 'node:crypto';
import { isActive } from '../client/state.js';
import { guarded } from '../ledger/ledger.js';

export interface MetricOptions {
  /** Attributes that the metric can be searched and grouped by. */
  tags?: Record<string, string | number | boolean>;
  /** Unit of the value, for example `millisecond` or `byte`. */
  unit?: string;
}

/** Metrics through the SDK's own; nothing where it has none. */
export interface TrackerMetrics {
  /** Adds to a counter; `value` default 1. */
  count(name: string, value?: number, options?: MetricOptions): void;
  /** Sets the current value of something that goes up and down. */
  gauge(name: string, value: number, options?: MetricOptions): void;
  /** Adds a value to a distribution, for averages and percentiles. */
  distribution(name: string, value: number, options?: MetricOptions): void;
  /**
   * Counts how many different values there are. Sentry has no sets: this counts up, with a hash of the value in the
   * attribute `unique`, so that `count_unique(unique)` answers.
   */
  unique(name: string, value: string | number, options?: MetricOptions): void;
}

type Kind = 'count' | 'gauge' | 'distribution';

function send(kind: Kind, name: string, value: number, options: MetricOptions = {}): void {
  if (!isActive()) return;
  guarded('metrics', () => {
    // Older releases of the SDK have no metrics.
    const metrics = sdkMetrics as Partial<typeof sdkMetrics> | undefined;
    metrics?.[kind]?.(name, value, { attributes: options.tags, unit: options.unit });
  });
}

export const trackerMetrics: TrackerMetrics = {
  count: (name, value = 1, options) => {
    send('count', name, value, options);
  },
  gauge: (name, value, options) => {
    send('gauge', name, value, options);
  },
  distribution: (name, value, options) => {
    send('distribution', name, value, options);
  },
  unique: (name, value, options) => {
    const unique = createHash('sha256').update(String(value)).digest('hex').slice(0, 16);
    send('count', name, 1, { ...options, tags: { ...options?.tags, unique } });
  },
};
