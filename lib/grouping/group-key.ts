import { messageOf, nameOf, readText } from './error-shape.js';
import { handlerOf, type GroupingEvent } from './grouping-event.js';
import { normalizeMessage } from './message-pattern.js';

const DEFAULT = '{{ default }}';
const LONGEST_MESSAGE = 1_000;
const LONGEST_FRAME = 300;
const FRAME = '\n    at ';

/**
 * A key for what Sentry would make one group, cheap enough for every error of a storm: type, message without what
 * varies, the line that threw, and the handler. No stack is parsed.
 *
 * @param fingerprint what grouping has given; `{{ default }}` in it stands for the key without one.
 */
export function groupKey(fingerprint: readonly string[] | undefined, error: unknown, event: GroupingEvent): string {
  if (!fingerprint) return defaultKey(error, event);
  return fingerprint.map((part) => (part === DEFAULT ? defaultKey(error, event) : part)).join('\n');
}

function defaultKey(error: unknown, event: GroupingEvent): string {
  const message = messageOf(error) || event.exceptionValue || event.message || '';
  const type = nameOf(error) ?? event.exceptionType ?? typeof error;
  const pattern = patternOf(message.slice(0, LONGEST_MESSAGE));
  return [type, pattern, topFrame(error, message), handlerOf(event) ?? ''].join('\n');
}

let last = { message: '', pattern: '' };

/** Remembers the last one: in a storm it is mostly the same message. */
function patternOf(message: string): string {
  if (message !== last.message) last = { message, pattern: normalizeMessage(message) };
  return last.pattern;
}

function topFrame(error: unknown, message: string): string {
  const stack = readText(error, 'stack');
  if (stack === undefined) return '';
  const start = stack.indexOf(FRAME, message.length); // the message comes first and may look like a frame
  if (start === -1) return '';
  const end = stack.indexOf('\n', start + FRAME.length);
  return stack.slice(start + FRAME.length, end === -1 ? undefined : end).slice(0, LONGEST_FRAME);
}
