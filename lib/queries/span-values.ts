import type { NodeClient } from '@sentry/nestjs';
import { databaseMessage } from '../grouping/index.js';
import { guarded } from '../stats/stats.js';

/** A span as it is streamed. */
interface StreamedSpan {
  attributes?: Record<string, unknown>;
}
type On = (hook: 'preprocessSpan', listener: (span: StreamedSpan) => void) => void;

const MESSAGE = 'sentry.status.message';

/** Removes the values from the messages of failed queries in streamed spans. Other spans carry no such message. */
export function removeSpanValues(client: NodeClient): void {
  (client.on as unknown as On).call(client, 'preprocessSpan', ({ attributes }) => {
    const message = attributes?.[MESSAGE];
    if (!attributes || typeof message !== 'string') return;
    const system = attributes['db.system.name'] ?? attributes['db.system'];
    if (system !== undefined) {
      attributes[MESSAGE] =
        guarded('query', () => databaseMessage({}, message, typeof system === 'string' ? system : undefined)) ??
        'internal_error';
    }
  });
}
