/**
 * The entry point `nestjs-error-tracker/testing`: test kit. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
