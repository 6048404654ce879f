import { BoundedCopy } from './bounded-copy.js';

const SMALLEST_SHARE = 1e-3;
const LIMITS = { depth: 8, breadth: 1_000, values: 4_000 };

/** A copy of a value that is at most this large as JSON; what is cut is marked. */
export function copyToSize(value: unknown, maxBytes: number): unknown {
  const { values, ...limits } = LIMITS;
  for (let share = 1; ; share /= 2) {
    const copy = new BoundedCopy({ ...limits, values: values * share, characters: maxBytes * share }).of(value);
    // In a list, because undefined alone has no JSON.
    const json = JSON.stringify([copy], (_key, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry));
    if (share < SMALLEST_SHARE || Buffer.byteLength(json) <= maxBytes + '[]'.length) return copy;
  }
}
