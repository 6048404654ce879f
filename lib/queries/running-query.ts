import { getIsolationScope, type Breadcrumb } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { noteBreadcrumb } from '../breadcrumbs/journal.js';
import { rounded } from '../capture/report-slow.js';
import { isActive } from '../client/state.js';
import { executionOf } from '../context/execution.js';
import { noteFailedQuery, noteFailedQueryMessage } from '../context/failed-queries.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import type { QuerySource } from './query-source.js';
import { countQuery, warnIfSlow } from './repeated-queries.js';
import { statementOf } from './statements.js';

type Scope = ReturnType<typeof getIsolationScope>;

const running = processWide('running-queries', () => new AsyncLocalStorage<RunningQuery>());

/** The query of an ORM that the running code belongs to: what the driver does inside is a part of it. */
export function surroundingQuery(): RunningQuery | undefined {
  const query = running.getStore();
  return query?.isOpen ? query : undefined;
}

/** Runs the code of an ORM that sends a query to a driver. */
export function withinQuery<T>(query: RunningQuery, run: () => T): T {
  return running.run(query, run);
}

/** A query between its start and its end. It becomes a breadcrumb of the execution that has started it. */
export class RunningQuery {
  /** Where the driver beneath has sent a statement, which is a breadcrumb of its own. */
  innerSystem?: string;
  private open = true;
  private startedAt = performance.now();
  private readonly scope: Scope;

  /**
   * @param hasStatement - whether the text is its statement, rather than the name of an operation
   * @param isSilent - whether it only marks what runs inside
   */
  constructor(
    readonly text: string,
    readonly source: QuerySource,
    readonly hasStatement = true,
    private readonly isSilent = false,
  ) {
    this.scope = getIsolationScope();
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Called once there is a connection: waiting for one is no part of the query. */
  begin(): void {
    this.startedAt = performance.now();
  }

  /** @param rows - returned or changed; undefined if unknown */
  finish(rows?: number): void {
    this.end((duration) => {
      this.note(duration, 'info', rows);
      warnIfSlow(this.text, this.source, duration);
    });
  }

  fail(error: unknown): void {
    this.end((duration) => {
      const { text: statement, source } = this;
      const { pool } = source;
      // Without its statement, it is not an error of the database: most likely, there was no connection.
      const wasSent = !pool || carriesStatement(error);
      if (wasSent) this.describe(error);
      else noteFailedQuery(error, { ...this.origin, pool: guarded('pool-status', pool) });
      this.note(duration, 'error');
      if (wasSent) warnIfSlow(statement, source, duration);
    });
  }

  /** Keeps for the report of an error what is known about the query; it may have finished, as one that streams rows. */
  describe(error: unknown): void {
    const query = { ...this.origin, statement: this.hasStatement ? this.text : undefined };
    noteFailedQuery(error, query);
    const message = (error as { message?: unknown } | null | undefined)?.message;
    if (typeof message === 'string') noteFailedQueryMessage(executionOf(this.scope), message, query);
  }

  /** Like {@link RunningQuery.fail}, if only the message of its error is known. */
  failWith(message: string): void {
    const { text: statement, source, scope } = this;
    const { system, dataSource } = source;
    noteFailedQueryMessage(executionOf(scope), message, { statement, system, dataSource });
    this.fail(undefined);
  }

  private get origin(): { system?: string; dataSource?: string } {
    const { system = this.innerSystem, dataSource } = this.source;
    return { system, dataSource };
  }

  private end(report: (duration: number) => void): void {
    if (!this.open) return;
    this.open = false;
    if (this.isSilent) return;
    guarded('query', () => {
      report(rounded(performance.now() - this.startedAt));
    });
  }

  private note(duration: number, level: 'info' | 'error', rows?: number): void {
    if (this.innerSystem === undefined) noteBreadcrumb(this.breadcrumb(duration, level, rows), this.scope);
  }

  private breadcrumb(duration: number, level: 'info' | 'error', rows?: number): Breadcrumb {
    const { system, dataSource } = this.source;
    const data: Record<string, unknown> = { duration };
    if (rows !== undefined) data.rows = rows;
    if (system !== undefined) data.system = system;
    if (dataSource !== undefined) data.dataSource = dataSource;
    return { type: 'query', category: 'query', message: this.text, level, data };
  }
}

/** @param above - the function that the application, or its ORM, called */
export function beginQuery(
  sql: string,
  source: QuerySource,
  above: (...args: never[]) => unknown,
): RunningQuery | undefined {
  if (!isActive()) return undefined;
  return guarded('query', () => {
    const { text, isTransactionControl } = statementOf(sql, source.system);
    if (!isTransactionControl) countQuery(text, source, above);
    return new RunningQuery(text, source);
  });
}

/** An error that carries its statement comes from the database, or from the driver after a connection was there. */
function carriesStatement(error: unknown): boolean {
  return typeof error === 'object' && error !== null && ('query' in error || 'sql' in error);
}
