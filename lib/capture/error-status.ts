/**
 * The HTTP status that an error asks for, read off its shape: two copies of `@nestjs/common` in a process do not share
 * their classes. `getStatus()` is Nest's own; `status` and `statusCode` are those of http-errors and many others. An
 * error of an HTTP client carries the status of another server's answer, which says nothing about ours.
 */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  try {
    const { getStatus, status, statusCode } = error as Record<string, unknown>;
    if (typeof getStatus === 'function') return toStatus(getStatus.call(error));
    if (isClientError(error)) return undefined;
    return toStatus(statusCode) ?? toStatus(status);
  } catch {
    return undefined; // a hostile error asks for nothing
  }
}

function isClientError(error: object): boolean {
  const { isAxiosError, response, config } = error as Record<string, unknown>;
  return isAxiosError === true || typeof response === 'object' || typeof config === 'object';
}

function toStatus(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599 ? value : undefined;
}
