/**
 * What Prisma tells an extension about an operation.
 *
 * @example
 * ```ts
 * import { type PrismaOperation } from 'nestjs-error-tracker/prisma';
 *
 * export const nameOf = ({ model = 'raw', operation }: PrismaOperation): string => `${model}.${operation}`;
 * ```
 */
export interface PrismaOperation {
  /** Undefined for raw queries. */
  model?: string | undefined;
  operation: string;
  args: unknown;
  query: (args: never) => Promise<unknown>;
}
