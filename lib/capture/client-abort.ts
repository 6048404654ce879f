import type { Execution } from '../context/execution.js';

/** The messages of Node, body-parser, multer and busboy for a body whose client has disconnected. */
const ABORT_MESSAGE = /^(request aborted|aborted|unexpected end of (form|multipart data))$/i;
const ABORT_CODES = new Set<unknown>(['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);

/**
 * Whether this error only means that the client has disconnected: an interrupted upload, or work that was aborted
 * because of it. Any other error is a failure, even if the client has disconnected.
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
    return false; // errors whose getters throw are not recognised
  }
}
