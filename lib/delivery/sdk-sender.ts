import type { NodeOptions } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { clearTimeout, setTimeout } from 'node:timers';
import { RESPONSE_TIMEOUT, timeoutError } from './response-timeout.js';
import { fromBytes } from './envelope-bytes.js';
import type { Sender } from './response-outcome.js';

export type TransportFactory = NonNullable<NodeOptions['transport']>;
export type Transport = ReturnType<TransportFactory>;
export type TransportOptions = Parameters<TransportFactory>[0];

/** The status for a reason for which a transport of the SDK drops an envelope. */
const DROP_STATUS: Readonly<Record<string, number | undefined>> = { ratelimit_backoff: 429, queue_overflow: 503 };

/**
 * Sends through the application's own transport. A transport made with the SDK's `createTransport` drops envelopes that
 * are rate limited or overflow its buffer: these are retried. A transport that resolves to nothing counts as successful;
 * one that never settles times out.
 *
 * @param timeout - milliseconds
 */
export function sdkSender(factory: TransportFactory, options: TransportOptions, timeout = RESPONSE_TIMEOUT): Sender {
  // Several requests are in flight at a time, and the reason may be reported after `send` has returned.
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
    // The type excludes undefined, but a transport may be written in JavaScript.
    const sent = (await call.run(current, () => transport.send(envelope))) as
      Partial<Awaited<ReturnType<Transport['send']>>> | undefined;
    const dropStatus = DROP_STATUS[current.dropped ?? ''];
    return { status: dropStatus ?? sent?.statusCode ?? 200, headers: sent?.headers ?? {} };
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
