import { type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { BodyMemory } from './body-memory.js';
import { collect, tooLarge, type BodyLimits } from './collected-body.js';
import { HttpProblem } from './http-problem.js';

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECOMPRESS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
  [
    'deflate',
    (body, options) =>
      // "deflate" means the zlib format; some clients omit its two-byte header.
      (((body[0] ?? 0) & 0x0f) === 8 ? (promisify(inflate) as Decompress) : (promisify(inflateRaw) as Decompress))(
        body,
        options,
      ),
  ],
]);

/** Reads bodies within a limit on the bytes of all that are read at the same time. */
export class BodyReader {
  private readonly memory: BodyMemory;
  private turn: Promise<unknown> = Promise.resolve();

  /** @param total - bytes of all bodies that are held at the same time */
  constructor(
    private readonly limits: BodyLimits,
    total: number,
  ) {
    this.memory = new BodyMemory(total);
  }

  /**
   * Reads the whole body, decompresses it, and passes it on. One compressed body at a time: a small one may swell to the
   * limit, and is let go before the next is decompressed.
   *
   * @throws {HttpProblem} 413 above the limits, 415 for an unknown encoding, 400 for invalid compressed data
   * or an incomplete body, 408 for one that takes too long, 503 if too much is being read
   */
  async read(request: IncomingMessage, use: (body: Buffer) => void): Promise<void> {
    const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase().replace(/^x-/, '');
    const decompress = DECOMPRESS.get(encoding);
    if (encoding !== 'identity' && encoding !== '' && decompress === undefined) {
      throw new HttpProblem(415, `content-encoding: received ${encoding}; expected gzip, deflate or br`);
    }
    const body = await collect(request, this.memory, this.limits);
    try {
      if (decompress === undefined) use(body.bytes);
      else
        await this.inTurn(async () => {
          use(await decompressed(body.bytes, decompress, encoding, this.limits.decompressed));
        });
    } finally {
      body.release();
    }
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.turn.then(step);
    this.turn = done.catch(() => undefined); // its own request reports it
    return done;
  }
}

async function decompressed(
  body: Buffer,
  decompress: Decompress,
  encoding: string,
  maxOutputLength: number,
): Promise<Buffer> {
  try {
    return await decompress(body, { maxOutputLength });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxOutputLength);
    throw new HttpProblem(400, `the body is not valid ${encoding}`);
  }
}
