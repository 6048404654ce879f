import { createHash } from 'node:crypto';
import { Spool, type SpoolLimits } from './spool.js';

/** The version of what stands in the folder; another version has a folder of its own. */
const LAYOUT = 'v1';

/**
 * The spool of everything that goes to this address. Its folder does not say which one that is, and is the same for all
 * versions of the SDK.
 */
export function openSpool(limits: SpoolLimits, address: string): Spool {
  const url = new URL(address);
  const project = [url.origin, url.pathname, url.searchParams.get('sentry_key')].join('\n');
  const name = createHash('sha256').update(project).digest('hex').slice(0, 16);
  return new Spool(limits, `${LAYOUT}-${name}`, Date.now);
}
