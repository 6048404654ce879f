import { type IncomingMessage } from 'node:http';
import { clearTimeout, setTimeout } from 'node:timers';
import { type BodyMemory, type HeldBody } from './body-memory.js';
import { HttpProblem } from './http-problem.js';

/** How large and how slow a body may be. */
export interface BodyLimits {
  /** As received, in bytes. */
  readonly received: number;
  /** Decompressed, in bytes. */
  readonly decompressed: number;
  /** Until it is complete, in milliseconds. */
  readonly duration: number;
}

const MEGABYTE = 1024 * 1024;
const FIRST_BYTES = 16 * 1024;

/** A whole body. It counts as held until it is released. */
interface CollectedBody {
  bytes: Buffer;
  release(): void;
}

/** Copies a body into one buffer that grows: to keep its chunks would take far more for a body of one-byte chunks. */
export function collect(
  request: IncomingMessage,
  memory: BodyMemory,
  { received, duration }: BodyLimits,
): Promise<CollectedBody> {
  if (Number(request.headers['content-length'] ?? 0) > received) return Promise.reject(tooLarge(received));
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
      giveUp(tooSlow(duration));
    }, duration).unref();
    const add = (chunk: Buffer): void => {
      const needed = length + chunk.length;
      if (needed > received) {
        giveUp(tooLarge(received));
        return;
      }
      if (needed > buffer.length) {
        const size = Math.min(Math.max(needed, 2 * buffer.length, FIRST_BYTES), received);
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
      if (held.isOpen) giveUp(incomplete()); // an error for each request would cost more than its body
    });
    request.on('error', () => {
      giveUp(incomplete());
    });
  });
}

/** @param limit - bytes */
export function tooLarge(limit: number): HttpProblem {
  const shown = limit % MEGABYTE === 0 ? `${limit / MEGABYTE} MB` : `${limit} bytes`;
  return new HttpProblem(413, `the body is larger than ${shown}`, { connection: 'close' });
}

function tooMuch(): HttpProblem {
  const headers = { connection: 'close', 'retry-after': '1' };
  return new HttpProblem(503, 'too much is being delivered at the same time', headers);
}

function tooSlow(duration: number): HttpProblem {
  return new HttpProblem(408, `the body is incomplete after ${duration / 1000} seconds`, { connection: 'close' });
}

function incomplete(): HttpProblem {
  return new HttpProblem(400, 'the body is incomplete');
}
