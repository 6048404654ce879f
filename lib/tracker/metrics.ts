import { sdkMetrics, type SdkMetrics, type SendMetric } from '../client/sdk-metrics.js';
import { clientState, isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';

/**
 * What can be given with a value of a metric.
 *
 * @example
 * ```ts
 * tracker.metrics.gauge('queue.length', 7, { tags: { queue: 'mail' } });
 * ```
 */
export interface MetricOptions {
  /** Attributes for searching and grouping. */
  tags?: Record<string, string | number | boolean> | undefined;
  /** Unit of the value, for example `millisecond` or `byte`. */
  unit?: string | undefined;
}

/**
 * Sends metrics through the SDK; does nothing if the SDK does not support them.
 *
 * @example
 * ```ts
 * tracker.metrics.count('mails.sent', 1, { tags: { template: 'welcome' } });
 * tracker.metrics.distribution('import.duration', 431, { unit: 'millisecond' });
 * ```
 */
export interface TrackerMetrics {
  /** Increments a counter; default `value`: 1. */
  count(name: string, value?: number, options?: MetricOptions): void;
  /** Sets the current value of a gauge, which can go up and down. */
  gauge(name: string, value: number, options?: MetricOptions): void;
  /** Adds a value to a distribution, for averages and percentiles. */
  distribution(name: string, value: number, options?: MetricOptions): void;
  /**
   * Counts distinct values. Sentry has no sets, so this increments a counter with a hash of the value as the attribute
   * `unique`; query it with `count_unique(unique)`. The key of the hash is `scrubbing.pseudonymKey`. Without it, the
   * key is random, and each process of a service produces different hashes.
   */
  unique(name: string, value: string | number, options?: MetricOptions): void;
}

function send(
  choose: (metrics: SdkMetrics) => SendMetric | undefined,
  name: string,
  value: number,
  options?: MetricOptions,
) {
  if (!isActive()) return;
  guarded('metrics', () => {
    const { tags, unit } = options ?? {};
    choose(sdkMetrics())?.(name, value, { attributes: tags, tags, unit });
  });
}

const count: TrackerMetrics['count'] = (name, value = 1, options) => {
  send((metrics) => metrics.count ?? metrics.increment, name, value, options);
};

export const trackerMetrics: TrackerMetrics = {
  count,
  gauge: (name, value, options) => {
    send((metrics) => metrics.gauge, name, value, options);
  },
  distribution: (name, value, options) => {
    send((metrics) => metrics.distribution, name, value, options);
  },
  unique: (name, value, options) => {
    const unique = guarded('metrics', () => clientState.pseudonyms?.digest(String(value)));
    if (unique === undefined) return;
    count(name, 1, { ...options, tags: { ...options?.tags, unique } });
  },
};
