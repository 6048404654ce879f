import type { Event, EventHint, StackFrame } from '@sentry/nestjs';
import type { Integration } from './integration.js';

type Lines = Pick<StackFrame, 'pre_context' | 'context_line' | 'post_context'>;
type Client = Parameters<NonNullable<Integration['processEvent']>>[2];

/** Places in the source of which the lines are kept: 15 lines each, most of them shared. */
const MOST_PLACES = 2_000;
/** The SDK keeps ten files at a time. */
const FILES_AT_ONCE = 8;

/**
 * The SDK's reader of the source lines beside stack frames, with a memory of single places, and for one event at a time.
 * A stack goes through more files than the SDK keeps: by itself it reads them again for every event, and frames of files
 * that it forgot meanwhile, or that two events read at once, stay without lines.
 */
export function rememberingSourceLines(reader: Integration): Integration {
  const read = reader.processEvent?.bind(reader);
  if (!read) return reader;
  const known = new Map<string, Lines>();
  let reading: Promise<unknown> = Promise.resolve();

  const fromMemory = (event: Event): Map<string, StackFrame[]> => {
    const left = new Map<string, StackFrame[]>();
    for (const { stacktrace } of event.exception?.values ?? []) {
      for (const frame of stacktrace?.frames ?? []) {
        const { filename, lineno, context_line: line } = frame;
        if (filename === undefined || lineno === undefined || line !== undefined) continue;
        if (filename.startsWith('node:')) continue; // the SDK has no source of these either
        const lines = known.get(placeOf(frame));
        if (lines) addLines(frame, lines);
        else left.set(filename, [...(left.get(filename) ?? []), frame]);
      }
    }
    return left;
  };
  const fromFiles = async (event: Event, hint: EventHint, client: Client): Promise<void> => {
    const groups = [...fromMemory(event).values()];
    for (let at = 0; at < groups.length; at += FILES_AT_ONCE) {
      const frames = groups.slice(at, at + FILES_AT_ONCE).flat();
      await read({ type: undefined, exception: { values: [{ stacktrace: { frames } }] } }, hint, client);
      for (const { context_line, pre_context, post_context, ...frame } of frames) {
        if (context_line === undefined) continue;
        if (known.size >= MOST_PLACES) known.clear();
        known.set(placeOf(frame), { context_line, pre_context, post_context });
      }
    }
  };
  return {
    ...reader,
    processEvent: (event, hint, client) => {
      if (fromMemory(event).size === 0) return event;
      const done = reading.then(() => fromFiles(event, hint, client)).catch(() => undefined); // goes without lines
      reading = done;
      return done.then(() => event);
    },
  };
}

function placeOf({ filename = '', lineno = 0 }: StackFrame): string {
  return `${filename}:${lineno}`;
}

/** Lists of their own: what a hook of the application does to one event must not show in the next. */
function addLines(frame: StackFrame, { pre_context, context_line, post_context }: Lines): void {
  frame.pre_context = pre_context?.slice();
  frame.context_line = context_line;
  frame.post_context = post_context?.slice();
}
