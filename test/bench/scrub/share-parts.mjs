/**
 * Gives an event the very strings of earlier ones where a running SDK does: lines of source come from its cache, its own
 * name, modules and contexts are the same in every event, and so are release and environment.
 */
const known = new Map();

function same(text) {
  const first = known.get(text);
  if (first !== undefined) return first;
  known.set(text, text);
  return text;
}

function shareIn(value) {
  if (typeof value === 'string') return same(value);
  if (typeof value === 'object' && value !== null) for (const key in value) value[key] = shareIn(value[key]);
  return value;
}

export function shareParts(event) {
  for (const { stacktrace } of event.exception.values)
    for (const frame of stacktrace.frames)
      for (const key of ['filename', 'module', 'function', 'context_line', 'pre_context', 'post_context'])
        frame[key] = shareIn(frame[key]);
  const { runtime, os, device, culture } = event.contexts;
  for (const part of [event.sdk, event.modules, runtime, os, device, culture]) shareIn(part);
  for (const key of ['platform', 'level', 'environment', 'release', 'server_name']) event[key] = same(event[key]);
  return event;
}
