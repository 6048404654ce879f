import type { QuerySource, SeenDriver } from './query-source.js';

/** A statement that a driver has sent for an operation of an ORM. */
export interface SentStatement {
  readonly text: string;
  readonly source: QuerySource;
}

/** Different statements of one operation that are kept. */
const MAX_STATEMENTS = 50;

/** The statements that the driver beneath an ORM is seen to send for one operation: they stand for it. */
export class OperationStatements {
  /** The one that has failed. */
  failed: SentStatement | undefined;
  private readonly sentBefore: number;
  private sent: SentStatement[] | undefined;
  /** The longest time of each, in milliseconds. */
  private readonly durations = new Map<string, number>();
  private hasJoined = false;

  constructor(
    private readonly driver: SeenDriver | undefined,
    private readonly isInExecution: boolean,
  ) {
    this.sentBefore = driver?.statements ?? 0;
  }

  /**
   * Without those of transactions, each once. Empty if the operation is a part of another one; undefined if the driver
   * cannot be seen.
   */
  get all(): readonly SentStatement[] | undefined {
    return this.sent ?? (this.isPart ? [] : undefined);
  }

  /** The one that is known to be that of the operation. */
  get only(): SentStatement | undefined {
    const [first, ...others] = this.sent ?? [];
    return this.failed ?? (others.length === 0 ? first : undefined);
  }

  /** The ORM sends the operation together with another one. */
  join(): void {
    this.hasJoined = true;
  }

  add(statement: SentStatement, isTransactionControl: boolean): void {
    const { driver } = this;
    if (driver) {
      driver.statements++;
      driver.system = statement.source.system;
    }
    const sent = (this.sent ??= []);
    if (isTransactionControl || sent.length >= MAX_STATEMENTS || sent.some(({ text }) => text === statement.text))
      return;
    sent.push(statement);
  }

  lasted({ text }: SentStatement, duration: number): void {
    if (this.sent?.some((each) => each.text === text))
      this.durations.set(text, Math.max(duration, this.durations.get(text) ?? 0));
  }

  durationOf({ text }: SentStatement): number {
    return this.durations.get(text) ?? 0;
  }

  /** A driver that can be seen has sent something meanwhile, but not for this operation: Prisma sends batches as one. */
  private get isPart(): boolean {
    return this.hasJoined || (this.isInExecution && (this.driver?.statements ?? 0) > this.sentBefore);
  }
}
