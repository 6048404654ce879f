/**
 * The HTTP status that an error requests, if Nest responds with it:
 *
 * - `getStatus()` of Nest's exceptions, recognised by its shape: two copies of `@nestjs/common` do not share their
 *   classes;
 * - `statusCode` or `status` of an error created by `http-errors`, recognised by its boolean `expose`.
 *
 * The `status` of any other error is the status of another server (`{ status: 429 }` of a vendor's SDK) and is ignored,
 * unless the application responds with it: see `judge.ts`.
 */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  try {
    const { getStatus, status, statusCode, expose } = error as Record<string, unknown>;
    if (typeof getStatus === 'function') return exceptionStatusOf(error);
    if (typeof expose !== 'boolean' || isHttpClientError(error)) return undefined;
    return toStatus(statusCode) ?? toStatus(status);
  } catch {
    return undefined; // errors whose getters throw request no status
  }
}

/** The status that one of Nest's exceptions requests. */
export function exceptionStatusOf(error: unknown): number | undefined {
  try {
    const { getStatus } = (error ?? {}) as { getStatus?: unknown };
    return typeof getStatus === 'function' ? toStatus(getStatus.call(error)) : undefined;
  } catch {
    return undefined; // errors whose getters throw request no status
  }
}

function isHttpClientError(error: object): boolean {
  const { isAxiosError, response, config } = error as Record<string, unknown>;
  return isAxiosError === true || typeof response === 'object' || typeof config === 'object';
}

/** Headers of a response that was received; an error of the application may have headers and a body to respond with. */
const RECEIVED = ['date', 'content-length', 'transfer-encoding'];

/**
 * Whether Nest has responded with the status of another server, because an error of an HTTP client has it as its own: it
 * has the headers and the body of that server's response, as those of `web-push` and undici.
 */
export function isStatusOfOther(error: unknown, status: number | undefined): boolean {
  if (status === undefined || typeof error !== 'object' || error === null) return false;
  try {
    const { statusCode, headers, body, expose, getStatus } = error as Record<string, unknown>;
    const isResponse =
      typeof headers === 'object' && headers !== null && body !== undefined && RECEIVED.some((name) => name in headers);
    return statusCode === status && isResponse && expose === undefined && getStatus === undefined;
  } catch {
    return false; // errors whose getters throw are not responses
  }
}

function toStatus(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599 ? value : undefined;
}

const REFUSALS = /^(Invalid status code|Called reply with an invalid status code)\b/;

/** Whether the platform refused to respond with a status that is none, such as the one of an error of a vendor's SDK. */
export function isRefusedStatus(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { code, message } = error as Record<string, unknown>;
    return code === 'ERR_HTTP_INVALID_STATUS_CODE' || (typeof message === 'string' && REFUSALS.test(message));
  } catch {
    return false;
  }
}
