/**
 * The entry point `nestjs-error-tracker/redis` for ioredis and the cache manager. Reserved; it exports nothing yet.
 *
 * @packageDocumentation
 */
export {};
