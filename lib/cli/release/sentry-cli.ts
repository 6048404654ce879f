import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';

interface SentryCliClass {
  getPath(): string;
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The path of the `sentry-cli` that a project has installed.
 *
 * @throws Error - if the package or its binary is not installed
 */
export function findSentryCli(folder: string): string {
  const requireFrom = createRequire(join(folder, 'package.json'));
  let file: string;
  try {
    file = requireFrom.resolve('@sentry/cli');
  } catch (error) {
    throw new Error('nestjs-error-tracker release needs @sentry/cli: npm install --save-dev @sentry/cli', {
      cause: error,
    });
  }
  // Version 2 exports the class itself.
  const loaded = requireFrom(file) as SentryCliClass & { SentryCli?: SentryCliClass };
  return (loaded.SentryCli ?? loaded).getPath();
}

/**
 * Runs `sentry-cli` with the streams of this process, and passes signals on to it.
 *
 * @returns its exit code; 128 and the number of the signal if a signal has ended it
 */
export async function runSentryCli(path: string, args: readonly string[]): Promise<number> {
  const child = spawn(path, args, { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of FORWARDED) process.on(signal, forward);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals];
    return code ?? 128 + constants.signals[signal];
  } finally {
    for (const signal of FORWARDED) process.off(signal, forward);
  }
}
