import type { BackgroundWork } from '../../capture/background-work.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import type { Handler } from '../../context/execution.js';
import { executionContextHost } from '../../hooks/execution-context-host.js';

/** A method that listens to an event. */
export interface EventHandler {
  handler: Handler;
  /** Whether Nest rethrows its failures to the emitter instead of logging them. */
  rethrown: boolean;
}

export function handledEvent(
  name: string,
  args: unknown[],
  { handler, rethrown }: EventHandler,
  { context, policyOf }: TrackedApplication,
): BackgroundWork {
  return {
    kind: 'event',
    name: `event ${name}`,
    op: 'event.nestjs',
    handler,
    tags: { kind: 'event' },
    application: context,
    inherits: true,
    transport: 'event',
    mechanism: 'auto.event.nestjs',
    policyOf,
    host: executionContextHost(args, 'event'),
    rethrown,
  };
}

/** The name of an event; emitters with wildcards also accept an array of its parts. */
export function eventName(event: unknown, delimiter = '.'): string {
  return Array.isArray(event) ? event.map(String).join(delimiter) : String(event);
}
