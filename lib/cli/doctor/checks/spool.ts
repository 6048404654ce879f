import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AccessProbe } from '../../../delivery/spool/access-probe.js';
import { sharedFolder } from '../../../delivery/spool/folders.js';
import { mayHang } from '../../../delivery/spool/mounts.js';
import type { Check } from '../examination.js';

/** How long a network file system may take to answer, in milliseconds. */
const PATIENCE = 3_000;
const SAMPLE = Buffer.alloc(65_536);

/** `spool-unusable`. */
export const spoolIsUsable: Check = {
  topic: 'configuration',
  run: async ({ options }) => {
    if (!options?.enabled || options.spoolDirectory === undefined) return [];
    const directory = options.spoolDirectory;
    const problem = (await isSilent(directory)) ? 'its file system does not answer' : problemOf(directory);
    if (problem === undefined) return [];
    return [
      {
        id: 'spool-unusable',
        severity: 'warning',
        what: `Events cannot be written to ${directory}: ${problem}.`,
        why: 'They wait in memory while Sentry is unreachable, and are lost when the process ends.',
        fix: 'Set SENTRY_SPOOL_DIR to a folder on a local disk that the user of the application can write to, in a container on a volume.',
      },
    ];
  },
};

async function isSilent(directory: string): Promise<boolean> {
  if (!mayHang(directory)) return false;
  return new Promise((resolve) => {
    const probe = new AccessProbe(directory, () => {
      clearTimeout(timer);
      resolve(false);
    });
    const timer = setTimeout(() => {
      probe.stop();
      resolve(true);
    }, PATIENCE);
  });
}

/** Does what the spool does. */
function problemOf(directory: string): string | undefined {
  let folder: string | undefined;
  try {
    folder = sharedFolder(directory, `doctor-${process.pid}`);
    const file = openSync(join(folder, 'sample'), 'wx', 0o600);
    try {
      writeSync(file, SAMPLE);
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    if (folder !== undefined && dirname(folder) === directory) rmSync(folder, { recursive: true, force: true });
  }
}
