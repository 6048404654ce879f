import type { NodeClient, Span } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import { guarded } from '../stats/stats.js';
import { spanAttributes } from './span-attributes.js';

/**
 * Calls `onRequestSpan` with the span of each request, for clients with a different HTTP integration than ours.
 *
 * @param requestOf - returns the current request until it has a span
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
