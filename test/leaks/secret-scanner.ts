import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'node_modules', '.bin', 'secretlint');
const ARGS = ['--secretlintrc', join('.config', 'secretlintrc.json'), '--format', 'json', '--stdinFileName=sent.txt'];

/** In a connection string; the scanner takes the marker for a password. */
const MARKED_PASSWORD = /:\[Filtered[^\]]*\]@/g;

/** What secretlint, with its recommended rules, finds in these bytes: a judge that knows nothing of this library. */
export async function secretsIn(bytes: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'scanned-'));
  const report = join(folder, 'report.json'); // what it writes to a pipe is cut off when it exits
  try {
    const child = spawn(PROGRAM, [...ARGS, '--output', report], { cwd: ROOT, stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.end(bytes.replaceAll(MARKED_PASSWORD, '@'));
    const [code] = await once(child, 'exit');
    if (code !== 0 && code !== 1) throw new Error(`secretlint ended with ${code}`);
    const [{ messages }] = JSON.parse(await readFile(report, 'utf8'));
    return messages.map(({ ruleId, message }: any) => `${ruleId}: ${message}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
