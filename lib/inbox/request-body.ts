import { type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { HttpProblem } from './http-problem.js';

/** Bytes of a body, as it arrives and again as it is decompressed. Sentry takes 20 MB compressed. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECOMPRESS: Record<string, Decompress> = {
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: (body, options) =>
    // "deflate" means the zlib format; some senders leave its two-byte header out.
    (((body[0] ?? 0) & 0x0f) === 8 ? (promisify(inflate) as Decompress) : (promisify(inflateRaw) as Decompress))(
      body,
      options,
    ),
};

/**
 * The whole decompressed body.
 *
 * @throws {HttpProblem} 413 over {@link MAX_BODY_BYTES}, 415 for an unknown encoding, 400 for bytes that do not
 * decompress or a body that was cut off.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase().replace(/^x-/, '');
  const decompress = DECOMPRESS[encoding];
  if (encoding !== 'identity' && encoding !== '' && decompress === undefined) {
    throw new HttpProblem(415, `content-encoding ${encoding} is unknown, expected gzip, deflate or br`);
  }
  const body = await collect(request);
  if (decompress === undefined) return body;
  try {
    return await decompress(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new HttpProblem(400, `the body is not valid ${encoding}`);
  }
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) return void chunks.push(chunk);
      request.removeAllListeners('data');
      reject(tooLarge());
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks, bytes));
    });
    request.on('close', () => {
      reject(new HttpProblem(400, 'the body was cut off'));
    });
    request.on('error', () => {
      reject(new HttpProblem(400, 'the body was cut off'));
    });
  });
}

function tooLarge(): HttpProblem {
  return new HttpProblem(413, `the body is over ${MAX_BODY_BYTES / 1024 / 1024} MB`, { connection: 'close' });
}
