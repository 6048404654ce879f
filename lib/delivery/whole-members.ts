interface Batch {
  readonly items: readonly unknown[];
}

/** A batch of spans, logs or metrics, and how many of them were left out. */
export interface WholeBatch {
  readonly header: Record<string, unknown>;
  readonly payload: unknown;
  readonly lost: number;
}

/**
 * Leaves out of a batch what the scrubber has put in place of members that are over its limits. Sentry takes no batch
 * with a member that is not an object, or whose header counts another number of them.
 *
 * @param original - before it was scrubbed
 */
export function wholeMembers(header: Record<string, unknown>, original: unknown, payload: unknown): WholeBatch {
  if (header.item_count === undefined || !isBatch(original) || original === payload)
    return { header, payload, lost: 0 };
  const items = isBatch(payload) ? payload.items.filter(isObject) : [];
  const lost = original.items.length - items.length;
  if (lost === 0) return { header, payload, lost };
  return { header: { ...header, item_count: items.length }, payload: { ...(payload as object), items }, lost };
}

function isBatch(payload: unknown): payload is Batch {
  return isObject(payload) && Array.isArray((payload as Partial<Batch>).items);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
