/**
 * The entry point `nestjs-error-tracker/prisma` for Prisma. Reserved; it exports nothing yet.
 *
 * @packageDocumentation
 */
export {};
