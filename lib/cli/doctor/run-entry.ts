import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { thisFile } from '../../optional-dependencies/this-file.js';
import { FACTS_VARIABLE, type EntryFacts } from './facts/entry-facts.js';
import type { StartCommand } from './start-command.js';

/** What has become of a start. */
export interface EntryRun {
  /** Undefined if the application was not, or could not be, started. */
  facts?: EntryFacts;
  /** Why there are no facts. */
  failure?: string;
  /** The end of what it has printed. */
  output: string;
}

/** Longer than what the probe allows the application, because its event loop may be blocked. Milliseconds. */
const TIME_LIMIT = 30_000;
const MOST_OUTPUT = 8_192;
const TYPESCRIPT = new Set(['.ts', '.mts', '.cts', '.tsx']);

/**
 * Starts an application in a process of its own until it has started, and ends it with everything that it has started.
 *
 * @param interrupted - ends it early
 */
export async function runEntry(
  command: StartCommand,
  environment: NodeJS.ProcessEnv,
  folder: string,
  interrupted: Promise<unknown>,
): Promise<EntryRun> {
  const failure = refusal(command.file);
  if (failure !== undefined) return { failure, output: '' };
  const directory = mkdtempSync(join(tmpdir(), 'nestjs-error-tracker-doctor-'));
  const target = join(directory, 'facts.json');
  try {
    const child = spawn(
      process.execPath,
      ['--require', probeFor(command.file), ...command.flags, command.file, ...command.args],
      {
        cwd: folder,
        env: { ...environment, [FACTS_VARIABLE]: target },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32', // a group of its own, which can be ended as a whole
      },
    );
    const output = collect(child);
    const isLate = await ended(child, interrupted);
    if (existsSync(target)) return { facts: JSON.parse(readFileSync(target, 'utf8')) as EntryFacts, output: output() };
    return { failure: isLate ? 'it did not start in time' : `it ended by ${endOf(child)}`, output: output() };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function refusal(file: string): string | undefined {
  if (TYPESCRIPT.has(extname(file))) return 'it is TypeScript, and only built files are started';
  return existsSync(file) ? undefined : 'there is no such file';
}

/** That of the package that the application uses: it knows what its own version can tell. */
function probeFor(entry: string): string {
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    const probe = join(folder, 'node_modules/nestjs-error-tracker/dist/cjs/cli/doctor/probe.js');
    if (existsSync(probe)) return probe;
    if (folder === dirname(folder)) return join(dirname(thisFile), '../cli/doctor/probe.js');
  }
}

function collect({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk: Buffer) => (text = (text + chunk.toString('utf8')).slice(-MOST_OUTPUT)));
  }
  return () => text;
}

/** @returns whether it had to be ended */
async function ended(child: ChildProcess, interrupted: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    endGroup(child);
  };
  process.once('exit', end);
  try {
    const isOver = new Promise<false>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', end); // what it has started would keep its output open
      child.once('close', () => {
        resolve(false);
      });
    });
    const isLate = new Promise<true>((resolve) => (timer = setTimeout(resolve, TIME_LIMIT, true)));
    return await Promise.race([isOver, isLate, interrupted.then(() => true)]);
  } finally {
    clearTimeout(timer);
    process.off('exit', end);
    end();
  }
}

/** Also what it has started, after it has ended itself. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // nothing is left of it
  }
}

function endOf({ exitCode, signalCode }: ChildProcess): string {
  return signalCode === null ? `exit code ${exitCode ?? 'unknown'}` : `signal ${signalCode}`;
}
