/** What Prisma tells an extension about an operation. */
export interface PrismaOperation {
  /** Undefined for raw queries. */
  model?: string | undefined;
  operation: string;
  args: unknown;
  query: (args: never) => Promise<unknown>;
}
