/**
 * The entry point `nestjs-error-tracker/schedule`: what this package does for @nestjs/schedule. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
