import type { Scope } from '@sentry/nestjs';
import { noteBreadcrumb } from '../../breadcrumbs/journal.js';
import { noteSharedFailure } from '../../capture/reported-elsewhere.js';
import { report } from '../../capture/report.js';
import { rounded } from '../../capture/report-slow.js';
import { hasSdkMark } from '../../capture/sdk-mark.js';
import { getDefaultIsolationScope, runInProcessScope } from '../../context/scopes.js';
import { databaseFacts } from '../../grouping/index.js';
import { processWide } from '../../process-state/process-wide.js';

/** A connection that is lost again this soon is the same disturbance. Milliseconds. */
const SAME_WITHIN = 60_000;
const MAX_SERVERS = 100;

/** One server that cannot be reached for a time, however many clients, commands and attempts notice it. */
export class Disturbance {
  private since?: number;
  private endedAt = -Infinity;
  private isReported = false;
  private failedCommands = 0;
  /** The executions that have a breadcrumb of it. */
  private noted = new WeakSet<Scope>();

  constructor(private readonly server: string) {}

  private readonly claimReport = (): boolean => {
    if (this.isReported) return false;
    return (this.isReported = true);
  };

  /** A client could not connect, or has lost its connection. Called once the application's listeners have run. */
  connectionFailed(error: unknown): void {
    this.begin();
    if (!this.claimReport()) return;
    note('connection lost', 'error', { server: this.server, error: codeOf(error) });
    if (hasSdkMark(error)) return; // a listener of the application has captured it
    runInProcessScope(() =>
      report(
        error,
        { type: 'auto.db.redis', handled: true },
        {
          tags: { 'db.system': 'redis' },
          contexts: { redis: { server: this.server } },
          fingerprint: ['redis', 'connection', this.server],
        },
      ),
    );
  }

  /**
   * A command failed because of it.
   *
   * @returns whether it is the first one of its execution
   */
  commandFailed(error: unknown, isolation: Scope): boolean {
    this.begin();
    this.failedCommands++;
    noteSharedFailure(error, this.claimReport);
    if (this.noted.has(isolation)) return false;
    this.noted.add(isolation);
    return true;
  }

  /** A client is connected again, or a command has its reply. */
  ended(): void {
    if (this.since === undefined) return;
    const now = performance.now();
    if (this.isReported)
      note('connection restored', 'info', {
        server: this.server,
        duration: rounded(now - this.since),
        failedCommands: this.failedCommands,
      });
    this.since = undefined;
    this.endedAt = now;
  }

  private begin(): void {
    if (this.since !== undefined) return;
    const now = performance.now();
    if (now - this.endedAt > SAME_WITHIN) {
      this.isReported = false;
      this.noted = new WeakSet();
    }
    this.since = now;
    this.failedCommands = 0;
  }
}

const disturbances = processWide('redis-disturbances', () => new Map<string, Disturbance>());

/** @param server - host and port: its clients share one disturbance */
export function disturbanceOf(server: string): Disturbance {
  const known = disturbances.get(server);
  if (known) return known;
  const disturbance = new Disturbance(server);
  if (disturbances.size < MAX_SERVERS) disturbances.set(server, disturbance);
  return disturbance;
}

/** `ECONNREFUSED`, `MaxRetriesPerRequestError`, `WRONGTYPE`: never the message of a reply, which may contain values. */
export function codeOf(error: unknown): string | undefined {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const known = databaseFacts(error)?.code ?? (typeof code === 'string' ? code : name);
  return typeof known === 'string' ? known.slice(0, 100) : undefined;
}

function note(message: string, level: 'error' | 'info', data: Record<string, unknown>): void {
  noteBreadcrumb({ category: 'redis', message, level, data }, getDefaultIsolationScope());
}
