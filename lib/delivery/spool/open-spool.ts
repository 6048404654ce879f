import { createHash } from 'node:crypto';
import { AccessProbe } from './access-probe.js';
import { mayHang } from './mounts.js';
import { Spool, type Probe, type SpoolLimits } from './spool.js';

/** Each version of the file format has its own folder. */
const LAYOUT_VERSION = 'v1';

/**
 * The spool of a project. The name of its folder does not reveal the DSN, and is the same for all versions of the SDK.
 *
 * @param url - the URL of the envelope endpoint
 */
export function openSpool(limits: SpoolLimits, url: string): Spool {
  const target = new URL(url);
  const project = [target.origin, target.pathname, target.searchParams.get('sentry_key')].join('\n');
  const name = createHash('sha256').update(project).digest('hex').slice(0, 16);
  const probe: Probe = (directory, onAnswer) => new AccessProbe(directory, onAnswer);
  return new Spool(
    limits,
    `${LAYOUT_VERSION}-${name}`,
    Date.now,
    () => performance.now(),
    mayHang(limits.directory) ? probe : undefined,
  );
}
