import { sdkMetrics, type SdkMetrics, type SendMetric } from '../client/sdk-metrics.js';
import { clientState, isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';

export interface MetricOptions {
  /** Attributes that the metric can be searched and grouped by. */
  tags?: Record<string, string | number | boolean> | undefined;
  /** Unit of the value, for example `millisecond` or `byte`. */
  unit?: string | undefined;
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
   * attribute `unique`, so that `count_unique(unique)` answers. The key of the hash is `scrubbing.pseudonymKey`: without
   * one it is made at random, and the processes of a service hash differently.
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
