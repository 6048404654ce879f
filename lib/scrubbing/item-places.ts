import { DATA, FIXED, listOf, fieldContext, type FieldContext } from './field-context.js';
import { ADDRESSES, COOKIES, EMAILS, MESSAGE, NUMBERS, OPEN, SOURCE, WHOLE_ADDRESS } from './text-kinds.js';

/** Where user data may stand in Sentry's items: the fields that Relay marks as such, and those it does not look at. */

const message = fieldContext({ kinds: MESSAGE, keys: false });
const text = fieldContext({ keys: false });
const source = fieldContext({ kinds: SOURCE, keys: false });
const identity = fieldContext({ kinds: OPEN & ~NUMBERS, keys: false });
const tags = fieldContext({ reading: 'tags', rest: text });
const cookies = fieldContext({ kinds: OPEN | COOKIES, reading: 'cookies', rest: fieldContext({ reading: 'cookies' }) });
const address = fieldContext({ kinds: OPEN | WHOLE_ADDRESS, keys: false, children: { type: FIXED, unit: FIXED } });
const attributes = fieldContext({
  reading: 'attributes',
  unbounded: true,
  children: { 'client.address': address, 'user.ip_address': address },
});
const fixedList = fieldContext({ kinds: FIXED.kinds, keys: false, unbounded: true });

/** The protocol's own fields of an object; every other field of it is data. */
function fixed(names: string): Record<string, FieldContext> {
  return Object.fromEntries(names.split(' ').map((name) => [name, fixedList]));
}

const frame = fieldContext({
  rest: DATA,
  children: {
    ...fixed(
      'filename abs_path function raw_function module lineno colno in_app package platform image_addr instruction_addr symbol_addr addr_mode debug_id data lock stack_start module_metadata',
    ),
    vars: DATA,
    context_line: source,
    pre_context: source,
    post_context: source,
  },
});
const stacktrace = fieldContext({
  rest: DATA,
  children: {
    ...fixed('frames_omitted registers lang snapshot instruction_addr_adjustment'),
    frames: listOf(frame, true),
  },
});
const exception = fieldContext({
  rest: DATA,
  children: {
    ...fixed('type module thread_id'),
    value: message,
    stacktrace,
    raw_stacktrace: stacktrace,
    mechanism: fieldContext({
      rest: DATA,
      children: fixed('type handled synthetic source is_exception_group exception_id parent_id help_link meta'),
    }),
  },
});
const thread = fieldContext({
  rest: DATA,
  children: {
    ...fixed('id crashed current main state held_locks'),
    name: text,
    stacktrace,
    raw_stacktrace: stacktrace,
  },
});
const breadcrumb = fieldContext({
  rest: DATA,
  children: {
    timestamp: FIXED,
    type: FIXED,
    category: FIXED,
    level: FIXED,
    event_id: FIXED,
    message: text,
    data: DATA,
  },
});
const span = fieldContext({
  reading: 'span',
  rest: DATA,
  children: {
    ...fixed(
      'trace_id span_id parent_span_id segment_id op origin status start_timestamp timestamp end_timestamp is_segment is_remote kind exclusive_time ' +
        'profile_id same_process_as_parent measurements _metrics_summary received hash',
    ),
    description: message,
    name: message,
    data: attributes,
    attributes,
    tags,
    sentry_tags: fieldContext({ keys: false, children: { 'user.ip': address } }),
    links: listOf(fieldContext({ rest: DATA, children: { ...fixed('trace_id span_id sampled'), attributes } })),
  },
});

const STANDARD_CONTEXTS =
  'runtime os browser app device culture cloud_resource gpu flags profile replay monitor memory_info threadpool_info unity';

function contexts(responseData: FieldContext, further: Record<string, FieldContext> = {}): FieldContext {
  const children: Record<string, FieldContext> = Object.fromEntries(
    STANDARD_CONTEXTS.split(' ').map((name) => [name, FIXED]),
  );
  children.trace = fieldContext({
    rest: DATA,
    children: {
      ...fixed('trace_id span_id parent_span_id op origin status exclusive_time client_sample_rate type links sampled'),
      data: attributes,
      tags,
    },
  });
  children.response = fieldContext({
    rest: DATA,
    children: { status_code: FIXED, body_size: FIXED, type: FIXED, headers: DATA, cookies, data: responseData },
  });
  children.auth = DATA; // the domain of an error, not a credential
  return fieldContext({ reading: 'contexts', rest: DATA, children: { ...children, ...further } });
}

const FIXED_FIELDS =
  'event_id timestamp start_timestamp received platform level logger release dist environment modules ' +
  'server_name debug_meta type version transaction_info measurements errors _metrics_summary';

function event(
  body: FieldContext,
  responseData: FieldContext,
  furtherContexts: Record<string, FieldContext> = {},
): FieldContext {
  const children: Record<string, FieldContext> = Object.fromEntries(
    FIXED_FIELDS.split(' ').map((name) => [name, fixedList]),
  );
  return fieldContext({
    rest: DATA,
    children: {
      ...children,
      _meta: fixedList,
      message,
      // Names that applications make of what they are given: a path without a route, the text of an error.
      transaction: message,
      culprit: message,
      fingerprint: fieldContext({ kinds: MESSAGE, keys: false, unbounded: true }),
      logentry: fieldContext({ rest: DATA, children: { message, formatted: message, params: DATA } }),
      exception: listOf(exception),
      threads: listOf(thread),
      stacktrace,
      request: fieldContext({
        rest: DATA,
        children: {
          url: text,
          method: FIXED,
          api_target: FIXED,
          inferred_content_type: FIXED,
          data: body,
          query_string: DATA,
          fragment: text,
          cookies,
          headers: DATA,
          env: fieldContext({ children: { REMOTE_ADDR: address }, rest: DATA }),
        },
      }),
      user: fieldContext({
        rest: DATA,
        children: { id: identity, username: text, email: text, ip_address: address },
      }),
      contexts: contexts(responseData, furtherContexts),
      tags,
      extra: DATA,
      breadcrumbs: listOf(breadcrumb),
      spans: listOf(span, true),
      sdk: fieldContext({ kinds: FIXED.kinds, keys: false, rest: FIXED, children: { client_ip: address } }),
    },
  });
}

const EVENT = event(DATA, DATA);
/** A request whose `api_target` is `graphql`: variables go, and the fields of the same names in the response. */
export const GRAPHQL_EVENT = event(
  fieldContext({ children: { variables: fieldContext({ reading: 'graphql-variables' }) } }),
  fieldContext({ reading: 'graphql-response' }),
);

/** Feedback whose sender has left an address to be answered at: it stays. */
const FEEDBACK = event(DATA, DATA, {
  feedback: fieldContext({
    rest: DATA,
    children: { contact_email: fieldContext({ kinds: OPEN & ~EMAILS, keys: false }) },
  }),
});

/** One item or a container of several: `{ items: […] }`, as logs, metrics and streamed spans travel. */
function itemOrContainer(children: Record<string, FieldContext>, base: FieldContext): FieldContext {
  const single = fieldContext({ ...base, children: { ...Object.fromEntries(base.children ?? []), ...children } });
  return fieldContext({
    ...single,
    children: { ...Object.fromEntries(single.children ?? []), items: listOf(single, true) },
  });
}

const named = fieldContext({
  rest: DATA,
  children: fixed('timestamp trace_id span_id level severity_number name type unit value version client_sample_rate'),
});
const report = fieldContext({ kinds: FIXED.kinds, keys: false, unbounded: true });
const profile = fieldContext({
  ...report,
  rest: report,
  children: { transaction: fieldContext({ rest: FIXED, children: { name: message } }) },
});

const PLACES: ReadonlyMap<string, FieldContext> = new Map(
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
        ...fixed('check_in_id monitor_slug status duration environment release monitor_config'),
        contexts: contexts(DATA),
      },
    }),
    session: fieldContext({
      rest: DATA,
      children: {
        ...fixed('sid seq timestamp started init duration status errors release environment sample_rate'),
        did: identity,
        attrs: fieldContext({ keys: false, children: { user_agent: fieldContext({ kinds: OPEN & ~ADDRESSES }) } }),
      },
    }),
    sessions: fieldContext({
      keys: false,
      unbounded: true,
      kinds: FIXED.kinds,
      children: { attrs: fieldContext({ keys: false }) },
    }),
    client_report: report,
    user_report: fieldContext({ keys: false, children: { event_id: FIXED } }),
    profile,
    profile_chunk: profile,
  }),
);

/**
 * The place that the payload of an item of this type is; unknown types hold data.
 *
 * @param keepsContact - whether the address of the sender of feedback stays
 */
export function fieldContextOf(type: string, keepsContact: boolean): FieldContext {
  if (type === 'feedback' && !keepsContact) return EVENT;
  return PLACES.get(type) ?? DATA;
}

/** Items whose shape has room for `_meta`. */
export const WITH_META: ReadonlySet<string> = new Set(['event', 'transaction', 'feedback', 'replay_event']);
/** Items that are as long as the SDK makes them: no limits on lists and bytes. */
export const WITHOUT_LIMITS: ReadonlySet<string> = new Set(['profile', 'profile_chunk', 'client_report', 'sessions']);
