import { attributes, cookies, protocolFields, tags } from './common-fields.js';
import { DATA, PROTOCOL, fieldContext, type FieldContext } from './field-context.js';

const STANDARD_CONTEXTS =
  'runtime os browser app device culture cloud_resource gpu flags profile replay monitor memory_info threadpool_info unity';

/** The `contexts` of an item. */
export function contexts(responseData: FieldContext, further: Record<string, FieldContext> = {}): FieldContext {
  const children: Record<string, FieldContext> = Object.fromEntries(
    STANDARD_CONTEXTS.split(' ').map((name) => [name, PROTOCOL]),
  );
  children.trace = fieldContext({
    rest: DATA,
    children: {
      ...protocolFields(
        'trace_id span_id parent_span_id op origin status exclusive_time client_sample_rate type links sampled',
      ),
      data: attributes,
      tags,
    },
  });
  children.response = fieldContext({
    rest: DATA,
    children: {
      status_code: PROTOCOL,
      body_size: PROTOCOL,
      type: PROTOCOL,
      headers: DATA,
      cookies,
      data: responseData,
    },
  });
  children.auth = DATA; // the domain of an error, not a credential
  return fieldContext({ container: 'contexts', rest: DATA, children: { ...children, ...further } });
}
