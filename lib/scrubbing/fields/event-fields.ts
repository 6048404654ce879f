import { EMAILS, MESSAGE, OPEN } from '../texts/rule-kinds.js';
import { address, cookies, identity, message, protocolFields, protocolList, tags, text } from './common-fields.js';
import { contexts } from './context-fields.js';
import { exception, stacktrace, thread } from './exception-fields.js';
import { DATA, PROTOCOL, fieldContext, listOf, type FieldContext } from './field-context.js';
import { span } from './span-fields.js';

const PROTOCOL_FIELDS =
  'event_id timestamp start_timestamp received platform level logger release dist environment modules ' +
  'server_name debug_meta type version transaction_info measurements errors _metrics_summary';

const breadcrumb = fieldContext({
  rest: DATA,
  children: {
    timestamp: PROTOCOL,
    type: PROTOCOL,
    category: PROTOCOL,
    level: PROTOCOL,
    event_id: PROTOCOL,
    message: text,
    data: DATA,
  },
});

function request(body: FieldContext): FieldContext {
  return fieldContext({
    rest: DATA,
    children: {
      url: text,
      method: PROTOCOL,
      api_target: PROTOCOL,
      inferred_content_type: PROTOCOL,
      data: body,
      query_string: DATA,
      fragment: text,
      cookies,
      headers: fieldContext({ container: 'headers', rest: DATA }),
      env: fieldContext({ children: { REMOTE_ADDR: address }, rest: DATA }),
    },
  });
}

function event(
  body: FieldContext,
  responseData: FieldContext,
  furtherContexts?: Record<string, FieldContext>,
): FieldContext {
  return fieldContext({
    rest: DATA,
    children: {
      ...protocolFields(PROTOCOL_FIELDS),
      _meta: protocolList,
      message,
      // Names that applications derive from input: a path without a route, the message of an error.
      transaction: message,
      culprit: message,
      fingerprint: fieldContext({ kinds: MESSAGE, checksNames: false, unbounded: true }),
      logentry: fieldContext({ rest: DATA, children: { message, formatted: message } }),
      exception: listOf(exception),
      threads: listOf(thread),
      stacktrace,
      request: request(body),
      user: fieldContext({
        rest: DATA,
        children: { id: identity, username: text, email: text, ip_address: address },
      }),
      contexts: contexts(responseData, furtherContexts),
      tags,
      extra: DATA,
      breadcrumbs: listOf(breadcrumb),
      spans: listOf(span, true),
      sdk: fieldContext({
        kinds: PROTOCOL.kinds,
        checksNames: false,
        rest: PROTOCOL,
        children: { client_ip: address },
      }),
    },
  });
}

/** An error event or a transaction. */
export const EVENT = event(DATA, DATA);

/** An event whose `api_target` is `graphql`: variables are removed, and the response fields of the same names. */
export const GRAPHQL_EVENT = event(
  fieldContext({ children: { variables: fieldContext({ container: 'graphql-variables' }) } }),
  fieldContext({ container: 'graphql-response' }),
);

/** Feedback whose sender left an address to be answered at: it stays. */
export const FEEDBACK = event(DATA, DATA, {
  feedback: fieldContext({
    rest: DATA,
    children: { contact_email: fieldContext({ kinds: OPEN & ~EMAILS, checksNames: false }) },
  }),
});
