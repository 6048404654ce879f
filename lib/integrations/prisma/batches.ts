import { currentExecution, type Execution } from '../../context/execution.js';
import type { PrismaOperation } from './prisma-operation.js';

const BATCHED = new Set(['findUnique', 'findUniqueOrThrow']);

/**
 * Operations that Prisma sends as one: its data loader joins those of one tick that find a unique record of the same model
 * by the same fields, with the same selection. Source: Prisma documentation, "Query optimization".
 */
export class Batches {
  private readonly ofTick = new Map<string, Set<Execution>>();

  /** Whether the operation joins another one of this tick and execution. */
  join({ model, operation, args }: PrismaOperation): boolean {
    if (model === undefined || !BATCHED.has(operation)) return false;
    const { where, select, include } = (args ?? {}) as Partial<Record<string, object>>;
    const key = [model, operation, ...[where, select, include].map((part) => Object.keys(part ?? {}).join())].join(':');
    let executions = this.ofTick.get(key);
    if (!executions) {
      this.ofTick.set(key, (executions = new Set()));
      process.nextTick(() => this.ofTick.delete(key));
    }
    const execution = currentExecution();
    const joins = executions.has(execution);
    executions.add(execution);
    return joins;
  }
}
