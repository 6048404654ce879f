/**
 * The entry point `nestjs-error-tracker/http-client`: what this package does for axios, HttpService and fetch. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
