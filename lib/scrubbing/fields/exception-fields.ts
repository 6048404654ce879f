import { message, protocolFields, source, text } from './common-fields.js';
import { DATA, fieldContext, listOf } from './field-context.js';

const frame = fieldContext({
  rest: DATA,
  children: {
    ...protocolFields(
      'filename abs_path function raw_function module lineno colno in_app package platform image_addr instruction_addr symbol_addr addr_mode debug_id data lock stack_start module_metadata',
    ),
    vars: DATA,
    context_line: source,
    pre_context: source,
    post_context: source,
  },
});

export const stacktrace = fieldContext({
  rest: DATA,
  children: {
    ...protocolFields('frames_omitted registers lang snapshot instruction_addr_adjustment'),
    frames: listOf(frame, true),
  },
});

export const exception = fieldContext({
  rest: DATA,
  children: {
    ...protocolFields('type module thread_id'),
    value: message,
    stacktrace,
    raw_stacktrace: stacktrace,
    mechanism: fieldContext({
      rest: DATA,
      children: protocolFields(
        'type handled synthetic source is_exception_group exception_id parent_id help_link meta',
      ),
    }),
  },
});

export const thread = fieldContext({
  rest: DATA,
  children: {
    ...protocolFields('id crashed current main state held_locks'),
    name: text,
    stacktrace,
    raw_stacktrace: stacktrace,
  },
});
