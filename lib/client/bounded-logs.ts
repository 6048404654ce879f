import type { NodeClient } from '@sentry/nestjs';
import { BoundedCopy, CopyAllowance } from '../bounds/index.js';
import { cutMarker } from '../scrubbing/index.js';

/** Attributes are flat: the SDK writes an object as JSON, all of it, when the log or metric is captured. */
const LIMITS = { depth: 8, breadth: 1_000, values: 5_000, characters: 40_000 };
/** Of all logs and metrics together: a loop can capture thousands in one turn of the event loop. */
const ALL = { values: 50_000, characters: 400_000 };
const REFILL_TIME = 1_000;
/** A longer text is left out: the SDK reads all of it, and V8 puts it together first. */
const MAX_TEXT = 1_000_000;

interface Captured {
  message?: unknown;
  attributes?: Record<string, unknown>;
}

/** Limits the texts and the attributes of logs and metrics before the SDK serializes them. */
export function boundLogs(client: NodeClient): void {
  const allowance = new CopyAllowance(ALL, REFILL_TIME);
  const bound = (captured: Captured): void => {
    if (typeof captured.message === 'string' && captured.message.length > MAX_TEXT)
      captured.message = cutMarker('message');
    boundAttributes(captured.attributes, allowance);
  };
  client.on('beforeCaptureLog', bound);
  client.on('processMetric', bound);
}

function boundAttributes(attributes: Captured['attributes'], allowance: CopyAllowance): void {
  let copy: BoundedCopy | undefined;
  for (const key in attributes) {
    const value = attributes[key];
    if (typeof value === 'object' && value !== null)
      attributes[key] = (copy ??= new BoundedCopy(allowance.within(LIMITS))).share(value);
    else if (typeof value === 'string' && value.length > MAX_TEXT) attributes[key] = cutMarker('text');
  }
  if (copy) allowance.spend(copy.spent);
}
