/**
 * The entry point `nestjs-error-tracker/events` for @nestjs/event-emitter and @nestjs/cqrs. Reserved; it exports
 * nothing yet.
 *
 * @packageDocumentation
 */
export {};
