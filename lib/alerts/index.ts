/**
 * The entry point `nestjs-error-tracker/alerts`: alert rules, channels and stores. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
