import type { NodeClient } from '@sentry/nestjs';
import { BoundedCopy } from '../bounds/index.js';

/** Attributes are flat: the SDK writes an object as JSON, all of it, when the log or metric is captured. */
const LIMITS = { depth: 8, breadth: 1_000, values: 5_000, characters: 40_000 };

/** Limits the attributes of logs and metrics before the SDK serializes them. */
export function boundLogs(client: NodeClient): void {
  client.on('beforeCaptureLog', boundAttributes);
  client.on('processMetric', boundAttributes);
}

function boundAttributes({ attributes }: { attributes?: Record<string, unknown> }): void {
  if (!attributes) return;
  const copy = new BoundedCopy(LIMITS);
  for (const key in attributes) {
    if (typeof attributes[key] === 'object') attributes[key] = copy.share(attributes[key]);
  }
}
