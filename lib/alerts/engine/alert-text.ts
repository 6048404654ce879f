import { clientState } from '../../client/state.js';
import { isInboxDsn } from '../../options/dsn.js';
import { eventUrl, inboxUrl } from '../../options/event-links.js';
import { cutText } from '../../scrubbing/index.js';
import type { ExecutionFacts, FailureFacts } from './facts.js';
import type { AlertText } from './life.js';

/** Characters that are scrubbed; what is sent is shorter. */
const MAX_READ = 8_000;
const MAX_TITLE = 250;
const MAX_MESSAGE = 1_500;
const MAX_TAGS = 20;
const MAX_TAG = 200;
/** What replaces a text that cannot be scrubbed. */
const UNREADABLE = '[Filtered]';

/** What an alert says: its title, and the latest failure. */
export function alertText(
  title: string,
  latest: FailureFacts | ExecutionFacts | undefined,
  organizationUrl: string | undefined,
): AlertText {
  if (!latest) return scrubbed({ title, message: '', tags: {} });
  if (!('eventId' in latest)) {
    const message = `Latest: ${latest.name}, ${Math.round(latest.duration)} ms`;
    return scrubbed({ title, message, tags: {} });
  }
  const { name, eventId, tags } = latest;
  const message = `Latest: ${describeError(latest)}${name === undefined ? '' : `\nin ${name}`}`;
  return scrubbed({ title, message, tags, url: issueUrl(eventId, organizationUrl) });
}

/** `TypeError: x is not a function` */
export function describeError({ type, message, isMessage }: FailureFacts): string {
  const text = message.slice(0, MAX_READ);
  return isMessage || text === '' ? text || type : `${type}: ${text}`;
}

/** Scrubs what is about to be sent. Ids, names of rules and numbers are made by this library. */
export function scrubbed({ title, message, tags, url }: AlertText): AlertText {
  const { scrubber } = clientState;
  const given = {
    title: title.slice(0, MAX_READ),
    message: message.slice(0, MAX_READ),
    tags: Object.fromEntries(Object.entries(tags).slice(0, MAX_TAGS)),
  };
  const clean = scrubber ? (scrubber.inspect(given).output as Partial<AlertText>) : given;
  const link = url === undefined || !/^https?:\/\//i.test(url) ? undefined : (scrubber?.text(url) ?? url);
  return {
    title: cutText(textOf(clean.title), MAX_TITLE),
    message: cutText(textOf(clean.message), MAX_MESSAGE),
    tags: Object.fromEntries(
      Object.entries(clean.tags ?? {}).map(([name, value]) => [
        cutText(name, MAX_TAG),
        cutText(textOf(value), MAX_TAG),
      ]),
    ),
    ...(link !== undefined && { url: link }),
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // eslint-disable-next-line no-control-regex -- receivers refuse them, or show them as something else
  return typeof value === 'string' ? value.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ') : UNREADABLE;
}

function issueUrl(eventId: string | undefined, organizationUrl: string | undefined): string | undefined {
  const dsn = clientState.options?.dsn;
  if (eventId === undefined) return undefined;
  if (organizationUrl === undefined) return isInboxDsn(dsn) ? inboxUrl(dsn, 'event', eventId) : undefined;
  return eventUrl(organizationUrl, dsn, eventId);
}
