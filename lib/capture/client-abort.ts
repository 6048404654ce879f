import type { Execution } from '../context/execution.js';

/** What Node, body-parser, multer and busboy say of a body whose sender has gone. */
const ABORT_MESSAGE = /^(request aborted|aborted|unexpected end of (form|multipart data))$/i;
const ABORT_CODES = new Set<unknown>(['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);

/**
 * Whether this error says no more than that the client has left: an upload that broke off, or work that was aborted
 * because of it. Any other failure of a request whose client has left is a failure.
 */
export function isClientAbort(error: unknown, { incoming, outgoing }: Execution): boolean {
  const isGone =
    (incoming?.destroyed === true && !incoming.complete) ||
    (outgoing?.destroyed === true && !outgoing.writableFinished);
  if (!isGone || typeof error !== 'object' || error === null) return false;
  try {
    const { message, code } = error as { message?: unknown; code?: unknown };
    return ABORT_CODES.has(code) || (typeof message === 'string' && ABORT_MESSAGE.test(message));
  } catch {
    return false; // a hostile error says nothing
  }
}
