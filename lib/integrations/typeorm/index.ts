/**
 * The entry point `nestjs-error-tracker/typeorm` for TypeORM. Reserved; it exports nothing yet.
 *
 * @packageDocumentation
 */
export {};
