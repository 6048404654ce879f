/**
 * The entry point `nestjs-error-tracker/schedule` for @nestjs/schedule. Reserved; it exports nothing yet.
 *
 * @packageDocumentation
 */
export {};
