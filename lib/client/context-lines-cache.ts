import type { Event, EventHint, StackFrame } from '@sentry/nestjs';
import type { Integration } from './integration.js';

type Lines = Pick<StackFrame, 'pre_context' | 'context_line' | 'post_context'>;
type Client = Parameters<NonNullable<Integration['processEvent']>>[2];

/** Source locations whose lines are cached: 15 lines each, most of them shared. */
const MAX_CACHED_FRAMES = 2_000;
/** Only the last exceptions of an event get lines; the SDK puts the thrown one last. */
const MOST_EXCEPTIONS = 30;
/** The SDK caches ten files. */
const FILES_AT_ONCE = 8;

/**
 * Adds a cache of source locations to the SDK's ContextLines integration, and runs it for one event at a time. A stack
 * has more files than the SDK caches: without this, it reads them again for every event, and frames whose file was
 * evicted, or is being read for another event, get no lines.
 */
export function cacheContextLines(reader: Integration): Integration {
  const read = reader.processEvent?.bind(reader);
  if (!read) return reader;
  const cache = new Map<string, Lines>();
  let reading: Promise<unknown> = Promise.resolve();

  const addCachedLines = (event: Event): Map<string, StackFrame[]> => {
    const missing = new Map<string, StackFrame[]>();
    for (const { stacktrace } of (event.exception?.values ?? []).slice(-MOST_EXCEPTIONS)) {
      for (const frame of stacktrace?.frames ?? []) {
        const { filename, lineno, context_line: line } = frame;
        if (filename === undefined || lineno === undefined || line !== undefined) continue;
        if (filename.startsWith('node:')) continue; // the SDK has no source for these either
        const lines = cache.get(frameKey(frame));
        if (lines) addLines(frame, lines);
        else {
          const frames = missing.get(filename);
          if (frames) frames.push(frame);
          else missing.set(filename, [frame]);
        }
      }
    }
    return missing;
  };
  const readMissingLines = async (event: Event, hint: EventHint, client: Client): Promise<void> => {
    const groups = [...addCachedLines(event).values()];
    for (let at = 0; at < groups.length; at += FILES_AT_ONCE) {
      const frames = groups.slice(at, at + FILES_AT_ONCE).flat();
      await read({ type: undefined, exception: { values: [{ stacktrace: { frames } }] } }, hint, client);
      for (const { context_line, pre_context, post_context, ...frame } of frames) {
        if (context_line === undefined) continue;
        if (cache.size >= MAX_CACHED_FRAMES) cache.clear();
        cache.set(frameKey(frame), { context_line, pre_context, post_context });
      }
    }
  };
  return {
    ...reader,
    processEvent: (event, hint, client) => {
      if (addCachedLines(event).size === 0) return event;
      const done = reading.then(() => readMissingLines(event, hint, client)).catch(() => undefined); // sent without lines
      reading = done;
      return done.then(() => event);
    },
  };
}

function frameKey({ filename = '', lineno = 0 }: StackFrame): string {
  return `${filename}:${lineno}`;
}

/** Copies the arrays, so that a hook that changes one event does not affect the next. */
function addLines(frame: StackFrame, { pre_context, context_line, post_context }: Lines): void {
  frame.pre_context = pre_context?.slice();
  frame.context_line = context_line;
  frame.post_context = post_context?.slice();
}
