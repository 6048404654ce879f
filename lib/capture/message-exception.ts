const EXPECTED = new Set(['WsException', 'RpcException']);

/**
 * Whether an error is an intentional response of a gateway or a message handler (`WsException`, `RpcException`).
 * Recognised by its shape: two copies of a package do not share their classes, and subclasses have other names.
 */
export function isMessageException(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { getError, name } = error as { getError?: unknown; name?: unknown };
    if (typeof getError !== 'function') return false;
    if (typeof name === 'string' && EXPECTED.has(name)) return true;
    for (let link: unknown = Object.getPrototypeOf(error); link; link = Object.getPrototypeOf(link)) {
      if (EXPECTED.has((link as { constructor?: { name?: string } }).constructor?.name ?? '')) return true;
    }
    return false;
  } catch {
    return false; // errors whose getters throw are not responses
  }
}
