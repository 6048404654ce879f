import { createHash } from 'node:crypto';
import { messageOf, nameOf, read, readText } from './error-shape.js';
import { handlerOf, type GroupingEvent } from './grouping-event.js';
import { normalizeMessage } from './message-pattern.js';

const DEFAULT = '{{ default }}';
const MAX_MESSAGE_LENGTH = 1_000;
const MAX_FRAME_LENGTH = 300;
/** Longer than any key without a fingerprint. */
const MAX_KEY_LENGTH = 2_000;
const MAX_HASHED_LENGTH = 100_000;
const FRAME = '\n    at ';

/**
 * A key that approximates Sentry's groups, cheap enough for every error of an error storm: type, normalized message,
 * top stack frame and handler. No stack is parsed.
 *
 * @param fingerprint the result of grouping; `{{ default }}` in it stands for the key without a fingerprint
 */
export function groupKey(fingerprint: readonly string[] | undefined, error: unknown, event: GroupingEvent): string {
  if (!fingerprint) return defaultKey(error, event);
  return shortened(fingerprint.map((part) => (part === DEFAULT ? defaultKey(error, event) : part)).join('\n'));
}

/** A part of a fingerprint may be as long as what a client sends, and keys are kept. */
function shortened(key: string): string {
  if (key.length <= MAX_KEY_LENGTH) return key;
  return `${key.length} ${createHash('sha256').update(key.slice(0, MAX_HASHED_LENGTH)).digest('hex')}`;
}

function defaultKey(error: unknown, event: GroupingEvent): string {
  const message = messageOf(error) || event.exceptionValue || event.message || '';
  const type = nameOf(error) ?? event.exceptionType ?? typeof error;
  const pattern = patternOf(message.slice(0, MAX_MESSAGE_LENGTH));
  return [type, pattern, topFrame(error, message), handlerOf(event) ?? ''].join('\n');
}

let last = { message: '', pattern: '' };

/** Caches the last message: an error storm mostly repeats the same one. */
function patternOf(message: string): string {
  if (message !== last.message) last = { message, pattern: normalizeMessage(message) };
  return last.pattern;
}

function topFrame(error: unknown, message: string): string {
  // Reading the stack for the first time makes a text of the message, which may be a list of any length.
  const stack = typeof read(error, 'message') === 'object' ? undefined : readText(error, 'stack');
  if (stack === undefined) return '';
  const start = stack.indexOf(FRAME, message.length); // the message comes first and may look like a frame
  if (start === -1) return '';
  const end = stack.indexOf('\n', start + FRAME.length);
  return stack.slice(start + FRAME.length, end === -1 ? undefined : end).slice(0, MAX_FRAME_LENGTH);
}
