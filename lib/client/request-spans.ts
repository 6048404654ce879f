import type { NodeClient, Span } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import { guarded } from '../stats/stats.js';
import { spanAttributes } from './span-attributes.js';

/**
 * Tells of the span of each request, for clients whose HTTP integration is not the one of this library.
 *
 * @param requestOf - the running request, as long as it has no span
 */
export function watchRequestSpans(
  client: NodeClient,
  requestOf: () => IncomingMessage | undefined,
  onRequestSpan: (span: Span, request: IncomingMessage) => void,
): void {
  client.on('spanStart', (span) => {
    guarded('request-span', () => {
      const request = requestOf();
      if (request && spanAttributes(span)['sentry.op'] === 'http.server') onRequestSpan(span, request);
    });
  });
}
