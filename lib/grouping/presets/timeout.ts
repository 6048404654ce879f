import { httpExceptionStatus, messageOf, nameOf, read, readText } from '../error-shape.js';
import { handlerOf, type Preset } from '../grouping-event.js';

/** Codes of undici; global fetch wraps them in a `fetch failed`. Neither contains the host. */
const UNDICI = /^UND_ERR_\w+_TIMEOUT$/;
const NAMES = new Set(['TimeoutError', 'TimeoutException', 'RequestTimeoutException', 'GatewayTimeoutException']);
const CODES = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ETIME', 'ERR_TIMEOUT']);

/** `['timeout', operation]`: rxjs, p-timeout, AbortSignal.timeout, undici, 408 and 504. */
export const timeoutPreset: Preset = (error, event) => {
  const status = httpExceptionStatus(error);
  const isTimeout = NAMES.has(nameOf(error) ?? '') || hasTimeoutCode(error) || status === 408 || status === 504;
  const operation = isTimeout ? (event.operation ?? handlerOf(event)) : undefined;
  return operation === undefined ? undefined : ['timeout', operation];
};

function hasTimeoutCode(error: unknown): boolean {
  const code = readText(messageOf(error) === 'fetch failed' ? read(error, 'cause') : error, 'code');
  return code !== undefined && (CODES.has(code) || UNDICI.test(code));
}
