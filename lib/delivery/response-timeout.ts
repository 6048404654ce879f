/** Until the response begins, connecting and sending included. Milliseconds. */
export const RESPONSE_TIMEOUT = 15_000;

export function timeoutError(): Error {
  return Object.assign(new Error('Sentry did not respond in time'), { code: 'ETIMEDOUT' });
}
