/**
 * The entry point `nestjs-error-tracker/health`: what this package does for Terminus. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
