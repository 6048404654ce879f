/**
 * The entry point `nestjs-error-tracker/health` for Terminus. Reserved; it exports nothing yet.
 *
 * @packageDocumentation
 */
export {};
