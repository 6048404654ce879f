import { parseDuration, type Duration } from '../../options/duration.js';
import * as schema from '../../options/schema.js';

/**
 * Options of `SentryEventsModule.forRoot()`.
 *
 * @example
 * ```ts
 * import { SentryEventsModule } from 'nestjs-error-tracker/events';
 *
 * SentryEventsModule.forRoot({ cqrs: false, slowerThan: '2s' });
 * ```
 */
export interface EventsOptions {
  /** Whether `@OnEvent` handlers are tracked. Default: true. */
  emitter?: boolean | undefined;
  /** Whether the handlers and sagas of `@nestjs/cqrs` are tracked. Default: true. */
  cqrs?: boolean | undefined;
  /**
   * Duration above which a handler sends a warning: `Slow event`, `Slow command` or `Slow query`. Default:
   * `operations.slowerThan` of the module.
   */
  slowerThan?: Duration | undefined;
}

/** Compiled {@link EventsOptions}. */
export interface EventSettings {
  readonly emitter: boolean;
  readonly cqrs: boolean;
  /** Milliseconds. */
  readonly slowerThan?: number;
}

export const eventsShape = schema.shape({
  emitter: schema.boolean,
  cqrs: schema.boolean,
  slowerThan: schema.duration,
});

export function compileEventSettings({ emitter = true, cqrs = true, slowerThan }: EventsOptions): EventSettings {
  return { emitter, cqrs, slowerThan: parseDuration(slowerThan) };
}
