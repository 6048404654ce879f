import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBytes } from '../../lib/delivery/envelope-bytes';
import { HEADER_BYTES, scanRecords } from '../../lib/delivery/spool/record';
import { ending, spawnApp, type Lane } from '../harness/app-process';
import { FaultyReceiver, type Fault } from '../harness/faulty-receiver';

export const receivers = ['well', 'refused', 'hanging', 'no DSN', 'disabled'] as const;
export type ReceiverKind = (typeof receivers)[number];
const FAULTS: Partial<Record<ReceiverKind, Fault>> = { hanging: 'hangs' };

/** Many times `SENTRY_SHUTDOWN_TIMEOUT`, and shorter than a request to Sentry may take. Milliseconds. */
const LONGEST_END = 12_000;
/** A process that cannot start ends in that time, too. Milliseconds. */
const LONGEST_START = 40_000;

export interface Ended {
  code: number | null;
  signal: string | null;
  output: string;
  /** What the process sent to its parent. */
  messages: any[];
  /** The errors that the receiver took or that wait on disk. */
  kept: any[];
  /** The types of everything that waits on disk. */
  typesOnDisk: string[];
}

/** Runs test/apps/exits until it ends. */
export async function run(
  lane: Lane,
  kind: ReceiverKind,
  env: Record<string, string>,
  nodeOptions: string[] = [],
): Promise<Ended> {
  const receiver = await FaultyReceiver.start();
  receiver.fault = FAULTS[kind] ?? 'works';
  if (kind === 'refused') await receiver.down();
  const spool = mkdtempSync(join(tmpdir(), 'exits-'));
  const child = spawnApp({
    lane,
    app: 'exits',
    nodeOptions,
    env: {
      SENTRY_ENVIRONMENT: 'test',
      SENTRY_SHUTDOWN_TIMEOUT: '400ms',
      SENTRY_SPOOL_DIR: spool,
      PLATFORM: env.KIND,
      ...(kind !== 'no DSN' && { SENTRY_DSN: receiver.dsn }),
      ...(kind === 'disabled' && { SENTRY_ENABLED: 'false' }),
      ...env,
    },
  });
  let output = '';
  let limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_START);
  const messages: any[] = [];
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.on('message', (message) => {
    messages.push(message);
    if (message !== 'ready') return;
    clearTimeout(limit);
    limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_END);
    if (env.CASE === 'SIGTERM') child.kill('SIGTERM');
  });
  const { code, signal } = await ending(child);
  clearTimeout(limit);
  const onDisk = itemsIn(spool);
  const kept = [...receiver.events, ...onDisk.filter(({ type }) => type === 'event').map(({ payload }) => payload)];
  rmSync(spool, { recursive: true, force: true });
  if (kind !== 'refused') await receiver.close();
  return { code, signal, output, messages, kept, typesOnDisk: onDisk.map(({ type }) => type) };
}

export const valuesOf = (events: any[]): string[] => [
  ...new Set(events.map((event) => event.exception.values.at(-1).value as string)),
];

function itemsIn(folder: string): { type: string; payload: any }[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.seg'))
    .map((name) => readFileSync(join(folder, name)))
    .flatMap((segment) =>
      scanRecords(segment)
        .records.filter(({ isPending }) => isPending)
        .map(({ offset, length }) => segment.subarray(offset + HEADER_BYTES, offset + HEADER_BYTES + length)),
    )
    .flatMap((envelope) => fromBytes(envelope)[1])
    .map(([{ type }, payload]) => ({ type: String(type), payload }));
}
