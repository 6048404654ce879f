/**
 * The entry point `nestjs-error-tracker/prisma`: what this package does for Prisma. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
