import type { Event } from '@sentry/nestjs';
import type { Integration } from './integration.js';

type Contexts = NonNullable<Event['contexts']>;
type ReadSegment = NonNullable<Integration['processSegmentSpan']>;

/** How long the statistics of process and machine count as current: reading them costs more than the rest of an event. */
const FRESH_MS = 1_000;

/**
 * Lets the SDK's Context integration read the memory statistics once a second, not for each event of a burst and each
 * trace.
 */
export function cacheContexts(reader: Integration): Integration {
  const read = reader.processEvent?.bind(reader);
  if (!read) return reader;
  let known: { readonly contexts: Contexts; readonly until: number } | undefined;
  return {
    ...reader,
    ...(reader.processSegmentSpan && { processSegmentSpan: cached(reader.processSegmentSpan.bind(reader)) }),
    processEvent: (event, hint, client) => {
      if (known && performance.now() < known.until) return addContexts(event, known.contexts);
      return Promise.resolve(read({ type: undefined }, hint, client)).then((filled) => {
        const contexts = copiesOf(filled?.contexts ?? {});
        known = { contexts, until: performance.now() + FRESH_MS };
        return addContexts(event, contexts);
      });
    },
  };
}

/** The same for the first span of a trace, to which the SDK adds the statistics as attributes if it streams spans. */
function cached(read: ReadSegment): ReadSegment {
  let known: Parameters<ReadSegment>[0]['attributes'] = {};
  let until = 0;
  return (span, client) => {
    const now = performance.now();
    if (now >= until) {
      const filled = { ...span, attributes: {} };
      read(filled, client);
      known = filled.attributes;
      until = now + FRESH_MS;
    }
    span.attributes = { ...known, ...span.attributes };
  };
}

/** What an event has already takes precedence, as in the SDK. */
function addContexts(event: Event, contexts: Contexts): Event {
  event.contexts = { ...event.contexts };
  for (const [name, context] of Object.entries(contexts)) {
    event.contexts[name] = { ...context, ...event.contexts[name] };
  }
  return event;
}

/** The SDK changes its own objects at the next event. */
function copiesOf(contexts: Contexts): Contexts {
  return Object.fromEntries(Object.entries(contexts).map(([name, context]) => [name, { ...context }]));
}
