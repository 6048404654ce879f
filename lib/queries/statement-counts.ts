import type { QuerySource } from './query-source.js';

/** One statement within one execution. */
export interface Repeated {
  readonly statement: string;
  readonly source: QuerySource;
  count: number;
  /** The place that ran it when it became too many. */
  origin?: string;
  isExcessive?: boolean;
  wasSlow?: boolean;
}

const MAX_STATEMENTS = 200;

/** The latest statements of one execution: a long job may run any number of different ones. */
export class StatementCounts {
  private readonly statements = new Map<string, Repeated>();

  /** Undefined if there is no room: every other one has become too many, or was slow. */
  of(statement: string, source: QuerySource): Repeated | undefined {
    const key = `${source.dataSource ?? ''}:${statement}`;
    const known = this.statements.get(key);
    if (known) return known;
    if (this.statements.size >= MAX_STATEMENTS && !this.forgetOne()) return undefined;
    const repeated = { statement, source, count: 0 };
    this.statements.set(key, repeated);
    return repeated;
  }

  get excessive(): Repeated[] {
    return [...this.statements.values()].filter(({ isExcessive }) => isExcessive);
  }

  /** The one that came first, unless a warning about it is due or was sent. */
  private forgetOne(): boolean {
    for (const [key, { isExcessive, wasSlow }] of this.statements) {
      if (isExcessive || wasSlow) continue;
      this.statements.delete(key);
      return true;
    }
    return false;
  }
}
