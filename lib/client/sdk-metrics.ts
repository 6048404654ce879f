import * as sdk from '@sentry/nestjs';

export type SendMetric = (
  name: string,
  value: number,
  options: { attributes?: object; tags?: object; unit?: string },
) => void;

/** The metrics API; depending on its release, the SDK has all of it, counters by another name, or nothing. */
export interface SdkMetrics {
  count?: SendMetric;
  increment?: SendMetric;
  gauge?: SendMetric;
  distribution?: SendMetric;
}

/** Read at each use, not imported by name: linking an ES module fails if an imported name is missing. */
export function sdkMetrics(): SdkMetrics {
  return (sdk as { metrics?: SdkMetrics }).metrics ?? {};
}
