import { scrubbingTransport } from '../../lib/delivery/scrubbing-transport';
import { compileScrubber } from '../../lib/scrubbing/index';

export type Parts = [object, [Record<string, any>, any][]];

/** The transport within this process, what reaches Sentry through it, and what it records as dropped. */
export function startTransport() {
  const sent: Parts[] = [];
  const dropped: unknown[][] = [];
  const scrubber = compileScrubber({});
  const transport = scrubbingTransport({
    scrubber,
    transport: () => ({
      send: async (envelope) => {
        sent.push(envelope);
        return { statusCode: 200 };
      },
      flush: async () => true,
    }),
    withoutTracing: (run) => run(),
    shutdownTimeout: 100,
  })({ url: 'http://127.0.0.1:9/api/1/envelope/', recordDroppedEvent: (...args) => dropped.push(args) });
  return { transport, sent, dropped, scrubber };
}
