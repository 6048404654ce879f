import { httpExceptionStatus, nameOf, readNumber } from '../error-shape.js';
import { endpointOf, type Preset } from '../grouping-event.js';

/** `['rateLimit', endpoint]`: Nest's ThrottlerException and any 429, rate-limiter-flexible's rejections. */
export const rateLimitPreset: Preset = (error, event) => {
  const isLimit =
    nameOf(error) === 'ThrottlerException' ||
    httpExceptionStatus(error) === 429 ||
    (readNumber(error, 'msBeforeNext') !== undefined && readNumber(error, 'remainingPoints') !== undefined);
  const endpoint = isLimit ? endpointOf(event) : undefined;
  return endpoint === undefined ? undefined : ['rateLimit', endpoint];
};
