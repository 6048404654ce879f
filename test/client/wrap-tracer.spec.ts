import type { NodeClient } from '@sentry/nestjs';
import { wrapTracer, type SdkTracer } from '../../lib/client/wrap-tracer';

function tracerOf(wraps: Array<Parameters<typeof wrapTracer>[1]>): { tracer: SdkTracer; started: unknown[] } {
  const started: unknown[] = [];
  const start = (name: unknown): unknown => started.push(name);
  const client = new (class {
    get tracer(): SdkTracer {
      return { startSpan: start, startActiveSpan: start };
    }
  })();
  for (const wrap of wraps) wrapTracer(client as unknown as NodeClient, wrap);
  return { tracer: client.tracer, started };
}

test.each<[string, Array<Parameters<typeof wrapTracer>[1]>]>([
  ['no method is replaced', [() => ({})]],
  [
    'both are',
    [
      (tracer) => ({
        startSpan: (name) => tracer.startSpan(name),
        startActiveSpan: (name) => tracer.startActiveSpan(name),
      }),
    ],
  ],
])('the SDK gets no name of many megabytes if %s', (_case, wraps) => {
  const { tracer, started } = tracerOf(wraps);
  tracer.startSpan('x'.repeat(10_000_000));
  tracer.startActiveSpan('x'.repeat(10_000_000));
  tracer.startSpan('GET /cats');
  tracer.startSpan(undefined as never);
  expect(started.map((name) => (name as string | undefined)?.length)).toEqual([10_000, 10_000, 9, undefined]);
});
