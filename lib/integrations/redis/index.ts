/**
 * The entry point `nestjs-error-tracker/redis`: what this package does for ioredis and the cache manager. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
