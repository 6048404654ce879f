const EVENT_FIELDS = ['event_id', 'exception', 'breadcrumbs', 'logentry'];
const METRICS = new Set(['counter', 'gauge', 'distribution', 'set']);

/**
 * Sentry's type of an item without its header, recognized by the names of its fields. Undefined if the value is not an
 * item.
 */
export function typeOfItem(value: unknown): string | undefined {
  try {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const { items } = value as { items?: unknown };
    return typeOf(Array.isArray(items) && isRecord(items[0]) ? items[0] : (value as Record<string, unknown>));
  } catch {
    return undefined; // a proxy that throws: the walk reports it
  }
}

function typeOf(item: Record<string, unknown>): string | undefined {
  if ('check_in_id' in item) return 'check_in';
  if (item.type === 'transaction' || EVENT_FIELDS.some((field) => field in item)) return 'event';
  if ('body' in item && 'level' in item) return 'log';
  if (typeof item.type === 'string' && METRICS.has(item.type) && 'value' in item && 'name' in item)
    return 'trace_metric';
  if ('span_id' in item && 'start_timestamp' in item) return 'span';
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
