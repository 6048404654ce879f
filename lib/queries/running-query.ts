import { getIsolationScope, type Breadcrumb } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { noteBreadcrumb } from '../breadcrumbs/journal.js';
import { rounded } from '../capture/report-slow.js';
import { isActive } from '../client/state.js';
import { executionOf, insideExecution } from '../context/execution.js';
import { noteFailedQuery, noteFailedQueryMessage } from '../context/failed-queries.js';
import { noteEnd, noteStart, type Unfinished } from '../context/unfinished.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { OperationStatements, type SentStatement } from './operation-statements.js';
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

/**
 * - `statement`: what a driver does inside is a part of it.
 * - `operation`, `raw operation`: of an ORM; the statements that its driver is seen to send stand for it. The text of a raw
 *   one is its statement, of others its name.
 * - `hidden`: leaves nothing, nor does what runs inside.
 */
type QueryKind = 'statement' | 'operation' | 'raw operation' | 'hidden';

/** A query between its start and its end. It becomes a breadcrumb of the execution that has started it. */
export class RunningQuery implements Unfinished {
  readonly what = 'queries';
  private open = true;
  private lacksConnection = false;
  private startedAt = performance.now();
  /** Of an operation. */
  private readonly beneath: OperationStatements | undefined;
  private noted: Breadcrumb | undefined;

  constructor(
    readonly text: string,
    readonly source: QuerySource,
    private readonly kind: QueryKind = 'statement',
    private readonly outer?: RunningQuery,
    private readonly scope: Scope = getIsolationScope(),
  ) {
    if (this.isOperation) this.beneath = new OperationStatements(source.driver, insideExecution());
    if (kind !== 'hidden') noteStart(executionOf(scope), this);
  }

  /**
   * Begins a statement that a driver sends.
   *
   * @param outer - the operation of an ORM that it belongs to
   * @param scope - of the execution that sends it
   */
  static ofDriver(sql: string, source: QuerySource, outer?: RunningQuery, scope?: Scope): RunningQuery | undefined {
    if (!isActive()) return undefined;
    return guarded('query', () => {
      const { text, isTransactionControl } = statementOf(sql, source.system);
      const query = new RunningQuery(text, source, 'statement', outer, scope);
      outer?.beneath?.add(query, isTransactionControl);
      return query;
    });
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Whether what the driver does inside stands for it. */
  get isOperation(): boolean {
    return this.kind === 'operation' || this.kind === 'raw operation';
  }

  /** What the driver is seen to send for an operation: see {@link OperationStatements.all}. */
  get statements(): readonly SentStatement[] | undefined {
    return this.beneath?.all;
  }

  /** The ORM sends it together with another operation. */
  joinOther(): void {
    this.beneath?.join();
  }

  /** Called once there is a connection: waiting for one is no part of the query. */
  begin(): void {
    this.startedAt = performance.now();
  }

  /** Called if there is no connection for it. */
  lackConnection(): void {
    this.lacksConnection = true;
  }

  /** @param rows - returned or changed; undefined if unknown */
  finish(rows?: number): void {
    this.end((duration) => {
      this.note(duration, 'info', rows);
      this.warnIfSlow(duration);
    });
  }

  fail(error: unknown): void {
    this.end((duration) => {
      const { pool } = this.source;
      if (this.lacksConnection) noteFailedQuery(error, { ...this.origin, pool: pool && guarded('pool-status', pool) });
      else this.describe(error);
      this.note(duration, 'error');
      if (!this.lacksConnection) this.warnIfSlow(duration);
    });
  }

  /** It fails after it has finished, as one that streams rows. Its breadcrumb may have been sent with another event. */
  failLater(error: unknown): void {
    if (this.noted) this.noted.level = 'error';
    this.describe(error);
  }

  /** Keeps for the report of an error what is known about the query. */
  private describe(error: unknown): void {
    const text = (error as { message?: unknown } | null | undefined)?.message;
    const message = typeof text === 'string' ? text : undefined;
    const query = { ...this.origin, statement: this.statement, message };
    if (this.outer?.beneath) this.outer.beneath.failed = this;
    noteFailedQuery(error, query);
    if (message !== undefined) noteFailedQueryMessage(executionOf(this.scope), message, query);
  }

  /** Like {@link RunningQuery.fail}, if only the message of its error is known. */
  failWith(message: string): void {
    const { text: statement, source, scope } = this;
    const { system, dataSource } = source;
    noteFailedQueryMessage(executionOf(scope), message, { statement, system, dataSource });
    this.fail(undefined);
  }

  private get origin(): { system?: string; dataSource?: string } {
    const { driver, system = driver?.system, dataSource } = this.source;
    return { system, dataSource };
  }

  private get statement(): string | undefined {
    if (!this.isOperation) return this.text;
    return this.beneath?.only?.text ?? (this.kind === 'raw operation' ? this.text : undefined);
  }

  /**
   * Warns of the statements that the driver was seen to send, rather than of their operation, but when that ends: a driver
   * tells of the end of a statement where its connection was opened, which may be in another request.
   */
  private warnIfSlow(duration: number): void {
    const { beneath, outer } = this;
    if (outer) outer.beneath?.lasted(this, duration);
    else if (!beneath?.all) warnIfSlow(this.text, this.source, duration);
    else for (const each of beneath.all) warnIfSlow(each.text, each.source, beneath.durationOf(each));
  }

  private end(report: (duration: number) => void): void {
    if (!this.open) return;
    this.open = false;
    if (this.kind === 'hidden') return;
    noteEnd(executionOf(this.scope), this);
    guarded('query', () => {
      report(rounded(performance.now() - this.startedAt));
    });
  }

  private note(duration: number, level: 'info' | 'error', rows?: number): void {
    if (this.statements) return;
    this.noted = this.breadcrumb(duration, level, rows);
    noteBreadcrumb(this.noted, this.scope);
  }

  summary(): string | undefined {
    if (this.statements) return undefined;
    const { dataSource, system } = this.origin;
    const where = dataSource ?? system;
    return `${this.text}${where === undefined ? '' : ` on ${where}`}, for ${rounded(performance.now() - this.startedAt)} ms`;
  }

  private breadcrumb(duration: number, level: 'info' | 'error', rows?: number): Breadcrumb {
    const { system, dataSource } = this.origin;
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
