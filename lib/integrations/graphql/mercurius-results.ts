import { guarded } from '../../stats/stats.js';
import type { OwnerOf } from './judge-field.js';
import {
  fragmentsOf,
  operationsIn,
  type ExecutionArguments,
  type ExecutionResult,
  type Operation,
} from './operation.js';
import { judgeResult } from './result-errors.js';

/** The context of an operation; that of a connection has no `reply`. */
export interface MercuriusContext {
  reply?: { request?: { body?: unknown; query?: unknown } };
  /** Position in a batch. */
  operationId?: number;
}

interface Executed {
  document: ExecutionArguments['document'];
  variables?: unknown;
}

export type Formatter = (
  this: unknown,
  result: ExecutionResult,
  context: MercuriusContext,
) => { statusCode?: number } | undefined;

/** Judges the errors of one Mercurius server: those in the results of operations, and those of requests. */
export class MercuriusResults {
  private readonly executed = new WeakMap<MercuriusContext, Executed>();

  constructor(private readonly ownerOf: OwnerOf) {}

  noteExecution(context: MercuriusContext, executed: Executed): void {
    this.executed.set(context, executed);
  }

  /**
   * Mercurius calls it with what graphql returned, or with the error of a request that it refuses or fails to execute.
   * Its hooks for results only receive what this returns, without the values that resolvers threw.
   */
  watchFormatter(format: Formatter): Formatter {
    const judge = (...args: Parameters<MercuriusResults['judge']>) => {
      this.judge(...args);
    };
    // The results of a subscription are formatted with the context of their connection, and judged by a hook.
    const isOperation = (context: MercuriusContext) => context.reply !== undefined || this.executed.has(context);
    return function (result, context) {
      const errors = guarded('graphql-hooks', () => result.errors && isOperation(context) && [...result.errors]);
      let status: number | undefined;
      try {
        const formatted = format.call(this, result, context);
        status = formatted?.statusCode;
        return formatted;
      } finally {
        if (errors) judge(errors, context, status);
      }
    };
  }

  /** @param status - of the HTTP response, which counts if there was no operation */
  judge(errors: ExecutionResult['errors'], context: MercuriusContext, status?: number): void {
    guarded('graphql-hooks', () => {
      const owner = this.ownerOf();
      if (!owner || !errors) return;
      const { document, variables } = this.executed.get(context) ?? {};
      const operation = document && executedOperation(document, context);
      const fragments = document ? fragmentsOf({ document }) : {};
      judgeResult(errors, { owner, operation, fragments, variables, byGraphql: false, status });
    });
  }
}

/** The hooks of Mercurius do not tell the name of the operation: over WebSockets, it may be unknown. */
function executedOperation(document: Executed['document'], context: MercuriusContext): Operation | undefined {
  const operations = operationsIn(document);
  const asked = requestedName(context);
  if (asked) return operations.find(({ name }) => name?.value === asked);
  return operations.length === 1 ? operations[0] : undefined;
}

function requestedName({ reply, operationId = 0 }: MercuriusContext): unknown {
  const { body, query } = reply?.request ?? {};
  const payload: unknown = Array.isArray(body) ? body[operationId] : (body ?? query);
  return (payload as { operationName?: unknown } | null | undefined)?.operationName;
}
