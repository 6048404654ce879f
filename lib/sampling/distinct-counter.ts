/** Counting stops here: a count of this many means "at least". */
export const DISTINCT_LIMIT = 1_000;

/**
 * Counts distinct values in bounded memory: exactly below {@link DISTINCT_LIMIT}, and no further. It keeps 32-bit
 * hashes, so that long values take no room and user ids are not retained; 1,000 values collide once in about 9,000
 * windows.
 */
export class DistinctCounter {
  private readonly hashes = new Set<number>();

  add(value: string): void {
    this.addHash(hash(value));
  }

  /** Adds what another counter has counted; a value that both have seen counts once. */
  merge(other: DistinctCounter): void {
    for (const value of other.hashes) this.addHash(value);
  }

  /** At most {@link DISTINCT_LIMIT}. */
  count(): number {
    return this.hashes.size;
  }

  private addHash(value: number): void {
    if (this.hashes.size < DISTINCT_LIMIT) this.hashes.add(value);
  }
}

/** 32-bit FNV-1a over the characters. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
