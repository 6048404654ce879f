import { type IncomingMessage } from 'node:http';
import { type BodyMemory, type HeldBody } from './body-memory.js';
import { HttpProblem } from './http-problem.js';

/** Limit of a body, both as received and decompressed. Sentry accepts 20 MB compressed. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024;
/** A body that is not complete after this time is given up, in milliseconds. */
const MAX_DURATION = 30_000;
const FIRST_BYTES = 16 * 1024;

/** A whole body. It counts as held until it is released. */
interface CollectedBody {
  bytes: Buffer;
  release(): void;
}

/** Copies a body into one buffer that grows: to keep its chunks would take far more for a body of one-byte chunks. */
export function collect(request: IncomingMessage, memory: BodyMemory): Promise<CollectedBody> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    let buffer = Buffer.alloc(0);
    let length = 0;

    const stop = (): void => {
      held.isOpen = false;
      clearTimeout(timer);
      request.removeListener('data', add);
    };
    const giveUp = (problem: HttpProblem): void => {
      if (!held.isOpen) return;
      stop();
      memory.release(held);
      buffer = Buffer.alloc(0);
      reject(problem);
    };
    const held: HeldBody = {
      size: 0,
      isOpen: true,
      giveUp: () => {
        giveUp(tooMuch());
      },
    };
    const timer = setTimeout(() => {
      giveUp(tooSlow());
    }, MAX_DURATION).unref();
    const add = (chunk: Buffer): void => {
      const needed = length + chunk.length;
      if (needed > MAX_BODY_BYTES) {
        giveUp(tooLarge());
        return;
      }
      if (needed > buffer.length) {
        const size = Math.min(Math.max(needed, 2 * buffer.length, FIRST_BYTES), MAX_BODY_BYTES);
        memory.resize(held, size);
        if (!held.isOpen) return;
        buffer = Buffer.concat([buffer], size);
      }
      chunk.copy(buffer, length);
      length = needed;
    };
    request.on('data', add);
    request.on('end', () => {
      if (!held.isOpen) return;
      stop();
      resolve({
        bytes: buffer.subarray(0, length),
        release: () => {
          memory.release(held);
        },
      });
    });
    request.on('close', () => {
      giveUp(incomplete());
    });
    request.on('error', () => {
      giveUp(incomplete());
    });
  });
}

export function tooLarge(): HttpProblem {
  return new HttpProblem(413, `the body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB`, { connection: 'close' });
}

function tooMuch(): HttpProblem {
  const headers = { connection: 'close', 'retry-after': '1' };
  return new HttpProblem(503, 'too much is being delivered at the same time', headers);
}

function tooSlow(): HttpProblem {
  return new HttpProblem(408, `the body is incomplete after ${MAX_DURATION / 1000} seconds`, { connection: 'close' });
}

function incomplete(): HttpProblem {
  return new HttpProblem(400, 'the body is incomplete');
}
