import { ADDRESSES, OPEN } from '../texts/rule-kinds.js';
import { attributes, identity, message, protocolFields, tags, text } from './common-fields.js';
import { contexts } from './context-fields.js';
import { EVENT, FEEDBACK } from './event-fields.js';
import { DATA, PROTOCOL, fieldContext, listOf, type FieldContext } from './field-context.js';
import { span } from './span-fields.js';

/** One item, or a container of several: logs, metrics and streamed spans are sent as `{ items: […] }`. */
function itemOrContainer(children: Record<string, FieldContext>, base: FieldContext): FieldContext {
  const single = fieldContext({ ...base, children: { ...Object.fromEntries(base.children ?? []), ...children } });
  return fieldContext({
    ...single,
    children: { ...Object.fromEntries(single.children ?? []), items: listOf(single, true) },
  });
}

const named = fieldContext({
  rest: DATA,
  children: protocolFields(
    'timestamp trace_id span_id level severity_number name type unit value version client_sample_rate',
  ),
});
const report = fieldContext({ kinds: PROTOCOL.kinds, checksNames: false, unbounded: true });
const profile = fieldContext({
  ...report,
  rest: report,
  children: { transaction: fieldContext({ rest: PROTOCOL, children: { name: message } }) },
});

const FIELDS: ReadonlyMap<string, FieldContext> = new Map(
  Object.entries({
    event: EVENT,
    transaction: EVENT,
    feedback: FEEDBACK,
    replay_event: EVENT,
    span: itemOrContainer({}, span),
    log: itemOrContainer({ body: message, attributes }, named),
    trace_metric: itemOrContainer({ attributes, tags }, named),
    metric: itemOrContainer({ attributes, tags }, named),
    check_in: fieldContext({
      rest: DATA,
      children: {
        ...protocolFields('check_in_id monitor_slug status duration environment release monitor_config'),
        contexts: contexts(DATA),
      },
    }),
    session: fieldContext({
      rest: DATA,
      children: {
        ...protocolFields('sid seq timestamp started init duration status errors release environment sample_rate'),
        did: identity,
        attrs: fieldContext({
          checksNames: false,
          children: { user_agent: fieldContext({ kinds: OPEN & ~ADDRESSES }) },
        }),
      },
    }),
    sessions: fieldContext({
      checksNames: false,
      unbounded: true,
      kinds: PROTOCOL.kinds,
      children: {
        attrs: fieldContext({ checksNames: false }),
        aggregates: listOf(
          fieldContext({ checksNames: false, kinds: PROTOCOL.kinds, children: { did: identity } }),
          true,
        ),
      },
    }),
    client_report: fieldContext({
      ...report,
      children: { discarded_events: listOf(fieldContext({ ...report, children: { reason: text } }), true) },
    }),
    user_report: fieldContext({ checksNames: false, children: { event_id: PROTOCOL } }),
    profile,
    profile_chunk: profile,
  }),
);

/**
 * The fields of an item of this type; unknown types hold data.
 *
 * @param keepsContact - whether the address of the sender of feedback stays
 */
export function fieldsOfItem(type: string, keepsContact: boolean): FieldContext {
  if (type === 'feedback' && !keepsContact) return EVENT;
  return FIELDS.get(type) ?? DATA;
}

/** Items with a `_meta` field. */
export const WITH_META: ReadonlySet<string> = new Set(['event', 'transaction', 'feedback', 'replay_event']);
/** Items whose length the SDK bounds: no limits on lists and bytes. */
export const WITHOUT_LIMITS: ReadonlySet<string> = new Set(['profile', 'profile_chunk', 'client_report', 'sessions']);
