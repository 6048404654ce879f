const EXPECTED = new Set(['WsException', 'RpcException']);

/**
 * Whether an error is an answer that a gateway or a message handler gives on purpose (`WsException`, `RpcException`). By
 * its shape: two copies of a package do not share their class, and subclasses have other names.
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
    return false; // a hostile error is nobody's answer
  }
}
