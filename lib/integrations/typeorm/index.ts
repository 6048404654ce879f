/**
 * The entry point `nestjs-error-tracker/typeorm`: what this package does for TypeORM. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
