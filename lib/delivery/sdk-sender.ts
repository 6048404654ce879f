import type { NodeOptions } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { RESPONSE_TIMEOUT, timeoutError } from './response-timeout.js';
import { fromBytes } from './envelope-bytes.js';
import type { Sender } from './response-outcome.js';

export type TransportFactory = NonNullable<NodeOptions['transport']>;
export type Transport = ReturnType<TransportFactory>;
export type TransportOptions = Parameters<TransportFactory>[0];

/** Answers that mean the same as what a transport of the SDK says it dropped something for. */
const AS_STATUS: Readonly<Record<string, number | undefined>> = { ratelimit_backoff: 429, queue_overflow: 503 };

/**
 * Sends through a transport of the application's own. One made with the SDK's `createTransport` drops by itself what is
 * rate limited or too much at once, and says so: that is kept here, and comes again. One that answers nothing is
 * believed to have sent; one that does not come to an end is no longer waited for.
 *
 * @param timeout - milliseconds
 */
export function sdkSender(factory: TransportFactory, options: TransportOptions, timeout = RESPONSE_TIMEOUT): Sender {
  // Several are under way at a time, and what is said of one is said when its turn is long over.
  const call = new AsyncLocalStorage<{ dropped?: string }>();
  const transport = factory({
    ...options,
    recordDroppedEvent: (reason) => {
      const current = call.getStore();
      if (current) current.dropped = reason;
    },
  });
  const send = async (bytes: Buffer) => {
    const current: { dropped?: string } = {};
    const envelope = fromBytes(bytes) as unknown as Parameters<Transport['send']>[0];
    // Typed as always there, but a transport may be written in JavaScript.
    const sent = (await call.run(current, () => transport.send(envelope))) as
      Partial<Awaited<ReturnType<Transport['send']>>> | undefined;
    const kept = AS_STATUS[current.dropped ?? ''];
    return { status: kept ?? sent?.statusCode ?? 200, headers: sent?.headers ?? {} };
  };
  return (bytes) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(timeoutError());
      }, timeout).unref();
      void send(bytes)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
        });
    });
}
