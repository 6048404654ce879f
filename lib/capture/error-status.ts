/**
 * The HTTP status that an error asks for, if it is one that Nest answers with:
 *
 * - `getStatus()`, Nest's own, by its shape: two copies of `@nestjs/common` in a process do not share their classes;
 * - `statusCode` or `status` of an error made by `http-errors`, told by its boolean `expose`.
 *
 * The `status` of any other error is that of another server (`{ status: 429 }` of a vendor's SDK) and means nothing
 * here, unless the application answers with it: see `judge.ts`.
 */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  try {
    const { getStatus, status, statusCode, expose } = error as Record<string, unknown>;
    if (typeof getStatus === 'function') return toStatus(getStatus.call(error));
    if (typeof expose !== 'boolean' || isHttpClientError(error)) return undefined;
    return toStatus(statusCode) ?? toStatus(status);
  } catch {
    return undefined; // errors whose getters throw ask for nothing
  }
}

function isHttpClientError(error: object): boolean {
  const { isAxiosError, response, config } = error as Record<string, unknown>;
  return isAxiosError === true || typeof response === 'object' || typeof config === 'object';
}

function toStatus(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599 ? value : undefined;
}
