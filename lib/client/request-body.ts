import type { IncomingMessage } from 'node:http';

/** What Sentry keeps of a body by default: its `maxRequestBodySize` is `medium`. */
const MAX_BYTES = 10_000;
const ELLIPSIS = '...';

/** The first bytes of the body of a request, read along while the application reads it. */
export class RequestBody {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private hasEnded = false;
  /** Called when the application has read the whole body. */
  onEnd?: () => void;

  constructor(request: IncomingMessage) {
    const emit = request.emit.bind(request);
    request.emit = (event: string, ...args: unknown[]) => {
      if (event === 'data') this.keep(args[0]);
      else if (event === 'end') {
        this.hasEnded = true;
        if (this.bytes > 0) this.onEnd?.();
      }
      return emit(event, ...args);
    };
  }

  /** Undefined if there is none, or the application has not read all of it; cut as the SDK cuts it. */
  get text(): string | undefined {
    if (!this.hasEnded || this.bytes === 0) return undefined;
    const text = Buffer.concat(this.chunks).toString();
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
    return `${Buffer.from(text)
      .subarray(0, MAX_BYTES - ELLIPSIS.length)
      .toString()}${ELLIPSIS}`;
  }

  /** Keeps one byte more than is sent, which tells that something is missing. */
  private keep(chunk: unknown): void {
    const left = MAX_BYTES + 1 - this.bytes;
    if (left <= 0) return;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (!(bytes instanceof Uint8Array)) return;
    // A copy: the application may change what it has read, and a part would keep the whole.
    const kept = Buffer.from(bytes.subarray(0, left));
    this.chunks.push(kept);
    this.bytes += kept.length;
  }
}

/** Whether a body can follow the headers of a request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length } = headers;
  return (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
}
