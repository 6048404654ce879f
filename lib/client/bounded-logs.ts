import type { NodeClient } from '@sentry/nestjs';
import { BoundedCopy } from '../bounds/index.js';

/** Attributes of a log are flat: the SDK writes an object as JSON, all of it. */
const LIMITS = { depth: 8, breadth: 1_000, values: 5_000 };

/** Limits the attributes of logs before the SDK serializes them. */
export function boundLogs(client: NodeClient): void {
  client.on('beforeCaptureLog', (log) => {
    const { attributes } = log;
    if (!attributes) return;
    const copy = new BoundedCopy(LIMITS);
    for (const key in attributes) {
      if (typeof attributes[key] === 'object') attributes[key] = copy.share(attributes[key]);
    }
  });
}
