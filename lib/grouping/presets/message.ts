import { type Preset } from '../grouping-event.js';
import { normalizeMessage } from '../message-pattern.js';

const MAX_LENGTH = 2_000;

/**
 * `['message', pattern]` for messages and thrown strings, which Sentry groups by their text. Errors keep Sentry's grouping
 * by stack, as do texts without variable parts.
 */
export const messagePreset: Preset = (error, event) => {
  const text = typeof error === 'string' ? error : event.exceptionType === undefined ? event.message : undefined;
  if (text === undefined || (typeof error === 'object' && error !== null)) return undefined;
  const start = text.slice(0, MAX_LENGTH);
  const pattern = normalizeMessage(start);
  return pattern === text ? undefined : ['message', pattern];
};
