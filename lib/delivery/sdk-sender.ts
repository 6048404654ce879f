import type { NodeOptions } from '@sentry/nestjs';
import { fromBytes } from './envelope-bytes.js';
import type { Sender } from './verdict.js';

export type TransportFactory = NonNullable<NodeOptions['transport']>;
export type Transport = ReturnType<TransportFactory>;
export type TransportOptions = Parameters<TransportFactory>[0];

/** Answers that mean the same as what a transport of the SDK says it dropped something for. */
const AS_STATUS: Readonly<Record<string, number | undefined>> = { ratelimit_backoff: 429, queue_overflow: 503 };

/**
 * Sends through a transport of the application's own. One made with the SDK's `createTransport` drops by itself what is
 * rate limited or too much at once, and says so: that is kept here, and comes again. One that answers nothing is
 * believed to have sent.
 */
export function sdkSender(factory: TransportFactory, options: TransportOptions): Sender {
  let dropped: string | undefined;
  const transport = factory({
    ...options,
    recordDroppedEvent: (reason) => {
      dropped = reason;
    },
  });
  return async (bytes) => {
    dropped = undefined;
    const sent = transport.send(fromBytes(bytes) as unknown as Parameters<Transport['send']>[0]);
    const atOnce = AS_STATUS[(dropped as string | undefined) ?? ''];
    const { statusCode, headers } = await sent;
    return { status: atOnce ?? statusCode ?? 200, headers: headers ?? {} };
  };
}
