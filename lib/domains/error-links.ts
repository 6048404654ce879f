import { read } from '../grouping/index.js';

const MAX_CAUSES = 6;

/** Returns the first defined result of `find`, for the error and then its causes. */
export function firstInCauses<T>(error: unknown, find: (link: unknown) => T | undefined): T | undefined {
  let link = error;
  for (let depth = 0; depth < MAX_CAUSES && typeof link === 'object' && link !== null; depth++) {
    const found = find(link);
    if (found !== undefined) return found;
    link = read(link, 'cause');
  }
  return undefined;
}
