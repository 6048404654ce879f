/**
 * The entry point `nestjs-error-tracker/bullmq` for bullmq and @nestjs/bullmq. Reserved; it exports nothing yet.
 *
 * @packageDocumentation
 */
export {};
