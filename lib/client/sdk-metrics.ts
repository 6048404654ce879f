import * as sdk from '@sentry/nestjs';

export type SendMetric = (
  name: string,
  value: number,
  options: { attributes?: object; tags?: object; unit?: string },
) => void;

/** What releases of the SDK have had: all of it, counters by another name, or nothing. */
export interface SdkMetrics {
  count?: SendMetric;
  increment?: SendMetric;
  gauge?: SendMetric;
  distribution?: SendMetric;
}

/** Asked for at each use, and not imported by name: an ES module that lacks the name could not be linked. */
export function sdkMetrics(): SdkMetrics {
  return (sdk as { metrics?: SdkMetrics }).metrics ?? {};
}
