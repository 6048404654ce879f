import { DATA, PROTOCOL, fieldContext } from './field-context.js';

/** Headers of envelopes and items: ids, times and the DSN's public key are kept, the rest is data. */
export const HEADER_FIELDS = fieldContext({
  children: {
    event_id: PROTOCOL,
    sent_at: PROTOCOL,
    dsn: PROTOCOL,
    sdk: PROTOCOL,
    type: PROTOCOL,
    length: PROTOCOL,
    item_count: PROTOCOL,
    content_type: PROTOCOL,
    attachment_type: PROTOCOL,
    platform: PROTOCOL,
    trace: fieldContext({
      children: {
        trace_id: PROTOCOL,
        public_key: PROTOCOL,
        release: PROTOCOL,
        environment: PROTOCOL,
        org_id: PROTOCOL,
        sampled: PROTOCOL,
        sample_rate: PROTOCOL,
        sample_rand: PROTOCOL,
      },
      rest: DATA,
    }),
  },
});
