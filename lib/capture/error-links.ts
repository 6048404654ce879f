import { causeOf, isReference } from '../context/operation-chain.js';

const MOST_LINKS = 50;
const NONE: ReadonlySet<object> = new Set();

/**
 * The error, its causes and the members of aggregates, 50 at most: one failure may consist of several error objects.
 * Empty for a value that is not an object.
 */
export function linksOf(error: unknown): ReadonlySet<object> {
  if (!isReference(error)) return NONE;
  const links = new Set<object>();
  const pending: unknown[] = [error];
  while (pending.length > 0 && links.size < MOST_LINKS) {
    const next = pending.pop();
    if (!isReference(next) || links.has(next)) continue;
    links.add(next);
    pending.push(causeOf(next), ...membersOf(next));
  }
  return links;
}

function membersOf(error: object): unknown[] {
  try {
    const { errors } = error as { errors?: unknown };
    return error instanceof Error && Array.isArray(errors) ? errors.slice(0, MOST_LINKS) : [];
  } catch {
    return []; // a getter that throws hides the members
  }
}
