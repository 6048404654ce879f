import { type Preset } from '../grouping-event.js';
import { normalizeMessage } from '../message-pattern.js';

const MAX_LENGTH = 2_000;

/**
 * `['message', pattern]` for messages and thrown texts, which Sentry groups by their text. Errors keep its grouping by
 * stack: their text does not split them. A text in which nothing varies is left to Sentry too.
 */
export const messagePreset: Preset = (error, event) => {
  const text = typeof error === 'string' ? error : event.exceptionType === undefined ? event.message : undefined;
  if (text === undefined || (typeof error === 'object' && error !== null)) return undefined;
  const start = text.slice(0, MAX_LENGTH);
  const pattern = normalizeMessage(start);
  return pattern === text ? undefined : ['message', pattern];
};
