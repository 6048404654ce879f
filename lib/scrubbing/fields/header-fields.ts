import { DATA, FIXED, fieldContext } from './field-context.js';

/** Headers of envelopes and items: ids, times and the DSN's public key stay, the rest is data. */
export const HEADER = fieldContext({
  children: {
    event_id: FIXED,
    sent_at: FIXED,
    dsn: FIXED,
    sdk: FIXED,
    type: FIXED,
    length: FIXED,
    item_count: FIXED,
    content_type: FIXED,
    attachment_type: FIXED,
    platform: FIXED,
    trace: fieldContext({
      children: {
        trace_id: FIXED,
        public_key: FIXED,
        release: FIXED,
        environment: FIXED,
        org_id: FIXED,
        sampled: FIXED,
        sample_rate: FIXED,
        sample_rand: FIXED,
      },
      rest: DATA,
    }),
  },
});
