import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Only the beginning of the file is searched, and only for the name of the variable. */
const MAX_BYTES = 65_536;
const ENTRY = /^\s*(?:export\s+)?SENTRY_DSN\s*=\s*[^\s#]/m;

/** Whether the file `.env` of the working directory has a `SENTRY_DSN`, whichever is in use. */
export function hasUnreadDsn(): boolean {
  let file: number;
  try {
    file = openSync(join(process.cwd(), '.env'), 'r');
  } catch {
    return false; // missing or unreadable
  }
  try {
    const bytes = Buffer.alloc(MAX_BYTES);
    return ENTRY.test(bytes.toString('utf8', 0, readSync(file, bytes, 0, MAX_BYTES, 0)));
  } finally {
    closeSync(file);
  }
}
