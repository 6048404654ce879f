/**
 * The entry point `nestjs-error-tracker/events`: what this package does for @nestjs/event-emitter and @nestjs/cqrs. Reserved; nothing is exported yet.
 *
 * @packageDocumentation
 */
export {};
