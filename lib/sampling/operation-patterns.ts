import { type NamePattern, type SamplingOptions } from '../options/sampling-options.js';

const OPERATIONS = ['query ', 'mutation ', 'subscription '];

/**
 * Whether any of these options might distinguish GraphQL operations. If none does, the decision needs only the request
 * and does not have to wait for the operation.
 */
export function hasOperationPatterns(options: SamplingOptions | undefined): boolean {
  const patterns = [...(options?.critical ?? []), ...(options?.traces ?? []).flatMap(({ match }) => match)];
  return patterns.some(mayNameOperation);
}

/** A regular expression may always match one; for other patterns, the text before the first `*` decides. */
function mayNameOperation(pattern: NamePattern): boolean {
  if (typeof pattern !== 'string') return true;
  const text = pattern.trim().toLowerCase();
  if (text === '*' || /^\*?\s*\//.test(text)) return false; // matches every request as well, or is a path
  const [start = ''] = text.split('*', 1);
  return OPERATIONS.some((kind) => start.startsWith(kind) || (start !== text && kind.startsWith(start)));
}
