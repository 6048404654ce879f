import { address, attributes, message, protocolFields, tags } from './common-fields.js';
import { DATA, fieldContext, listOf } from './field-context.js';

export const span = fieldContext({
  container: 'span',
  rest: DATA,
  children: {
    ...protocolFields(
      'trace_id span_id parent_span_id segment_id op origin status start_timestamp timestamp end_timestamp is_segment is_remote kind exclusive_time ' +
        'profile_id same_process_as_parent measurements _metrics_summary received hash',
    ),
    description: message,
    name: message,
    data: attributes,
    attributes,
    tags,
    sentry_tags: fieldContext({ checksNames: false, children: { 'user.ip': address } }),
    links: listOf(
      fieldContext({ rest: DATA, children: { ...protocolFields('trace_id span_id sampled'), attributes } }),
    ),
  },
});
