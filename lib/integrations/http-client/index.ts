/**
 * The entry point `nestjs-error-tracker/http-client` for axios, HttpService and fetch. Reserved; it exports nothing
 * yet.
 *
 * @packageDocumentation
 */
export {};
