import type { Event, NodeClient } from '@sentry/nestjs';
import { BoundedCopy, MAX_ENTRIES, type CopyLimits } from '../bounds/index.js';
import { cutText } from '../scrubbing/index.js';

/** Entries and elements that the application's data takes in one event: more than Sentry keeps. */
const MAX_VALUES = 10_000;
/** The SDK's default. */
const NORMALIZE_DEPTH = 3;
/** If the application has disabled the SDK's normalization. */
const MAX_DEPTH = 32;

/** Characters of a message that filters and processors see: more than is read for what is sent. */
const MAX_MESSAGE = 100_000;

/** Cuts the messages of an event before the SDK matches each pattern of `ignoreErrors` with the whole of them. */
export function boundMessages(event: Event): void {
  const { message, exception } = event;
  if (message !== undefined) event.message = messageOf(message);
  for (const each of exception?.values ?? []) if (each.value !== undefined) each.value = messageOf(each.value);
}

/** Other code may have set something that is no text. */
function messageOf(text: string): string {
  return typeof text === 'string' ? cutText(text, MAX_MESSAGE) : text;
}

/**
 * Replaces the data of the application in an event by a bounded copy, before the SDK normalizes it: the SDK has no limit
 * on the total, and lists all keys of an object before it reads the first.
 */
export function boundEvent(event: Event, client: NodeClient): Event {
  const copy = new BoundedCopy(limitsOf(client));
  const { user, tags, contexts, extra, request, breadcrumbs, logentry, spans } = event;
  if (user) event.user = copy.entries(user);
  if (tags) event.tags = copy.entries(tags) as Event['tags'];
  if (contexts) event.contexts = contextsOf(contexts, copy);
  if (request) event.request = copy.entries(request);
  if (extra) event.extra = copy.entries(extra);
  if (logentry?.params) event.logentry = { ...logentry, params: copy.share(logentry.params) as unknown[] };
  if (breadcrumbs) event.breadcrumbs = breadcrumbsOf(breadcrumbs, copy);
  for (const { data } of spans ?? []) boundAttributes(data, copy);
  return event;
}

function limitsOf(client: NodeClient): CopyLimits {
  const { normalizeDepth = NORMALIZE_DEPTH, normalizeMaxBreadth } = client.getOptions();
  return { depth: normalizeDepth || MAX_DEPTH, breadth: normalizeMaxBreadth ?? MAX_ENTRIES, values: MAX_VALUES };
}

/** The SDK keeps the context of the trace by reference. */
function contextsOf({ trace, ...others }: NonNullable<Event['contexts']>, copy: BoundedCopy): Event['contexts'] {
  if (trace) boundAttributes(trace.data, copy);
  const copied = copy.entries(others) as Event['contexts'];
  return trace ? { ...copied, trace } : copied;
}

/** The latest first: if the limit is reached, the older ones are cut. */
function breadcrumbsOf(breadcrumbs: NonNullable<Event['breadcrumbs']>, copy: BoundedCopy): Event['breadcrumbs'] {
  return breadcrumbs
    .toReversed()
    .map((breadcrumb) => (breadcrumb.data ? { ...breadcrumb, data: copy.entries(breadcrumb.data) } : breadcrumb))
    .reverse();
}

/** Attributes of spans are flat, except for lists. */
function boundAttributes(attributes: object | undefined, copy: BoundedCopy): void {
  for (const key in attributes) {
    const value = (attributes as Record<string, unknown>)[key];
    if (typeof value === 'object') (attributes as Record<string, unknown>)[key] = copy.share(value);
  }
}
