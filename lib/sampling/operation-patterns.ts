import { type NamePattern, type SamplingOptions } from '../options/sampling-options.js';

const OPERATIONS = ['query ', 'mutation ', 'subscription '];

/**
 * Whether any of these options might tell one GraphQL operation from another. Where none does, the request that brings
 * an operation is all that there is to know.
 */
export function canTellOperations(options: SamplingOptions | undefined): boolean {
  const patterns = [...(options?.critical ?? []), ...(options?.traces ?? []).flatMap(({ match }) => match)];
  return patterns.some(mayNameOperation);
}

/** What a regular expression matches cannot be told; of other patterns, what stands before the first `*` decides. */
function mayNameOperation(pattern: NamePattern): boolean {
  if (typeof pattern !== 'string') return true;
  const text = pattern.trim().toLowerCase();
  if (text === '*' || /^\*?\s*\//.test(text)) return false; // every request as well; a path
  const [start = ''] = text.split('*', 1);
  return OPERATIONS.some((kind) => start.startsWith(kind) || (start !== text && kind.startsWith(start)));
}
