const EXPECTED = new Set(['WsException', 'RpcException']);

/**
 * Whether an error is an intentional response of a gateway or a message handler (`WsException`, `RpcException`).
 * Recognised by its shape: two copies of a package do not share their classes, and subclasses have other names.
 */
export function isMessageException(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { getError, initMessage, getStatus, name } = error as Record<string, unknown>;
    if (typeof getError !== 'function') return false;
    // A minifier renames classes, not their members. An HttpException has `initMessage`, too.
    if (typeof initMessage === 'function' && typeof getStatus !== 'function') return true;
    if (typeof name === 'string' && EXPECTED.has(name)) return true;
    for (let link: unknown = Object.getPrototypeOf(error); link; link = Object.getPrototypeOf(link)) {
      if (EXPECTED.has((link as { constructor?: { name?: string } }).constructor?.name ?? '')) return true;
    }
    return false;
  } catch {
    return false; // errors whose getters throw are not responses
  }
}
