import { type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { HttpProblem } from './http-problem.js';

/** Limit of a body, both as received and decompressed. Sentry accepts 20 MB compressed. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

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

/**
 * Reads the whole body and decompresses it.
 *
 * @throws {HttpProblem} 413 above {@link MAX_BODY_BYTES}, 415 for an unknown encoding, 400 for invalid compressed data
 * or an incomplete body
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase().replace(/^x-/, '');
  const decompress = DECOMPRESS.get(encoding);
  if (encoding !== 'identity' && encoding !== '' && decompress === undefined) {
    throw new HttpProblem(415, `content-encoding: received ${encoding}; expected gzip, deflate or br`);
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
      reject(new HttpProblem(400, 'the body is incomplete'));
    });
    request.on('error', () => {
      reject(new HttpProblem(400, 'the body is incomplete'));
    });
  });
}

function tooLarge(): HttpProblem {
  return new HttpProblem(413, `the body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB`, { connection: 'close' });
}
