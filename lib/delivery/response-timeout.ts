/** For an answer to begin, from the moment the request is made: connecting and sending included. Milliseconds. */
export const RESPONSE_TIMEOUT = 15_000;

export function timeoutError(): Error {
  return Object.assign(new Error('Sentry did not answer in time'), { code: 'ETIMEDOUT' });
}
