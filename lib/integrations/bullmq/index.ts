/**
 * The entry point `nestjs-error-tracker/bullmq`: what this package does for bullmq and @nestjs/bullmq. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
