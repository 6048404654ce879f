/** A power of two. A text may be stored in either of two adjacent slots. */
const SLOTS = 8192;
const MAX_LENGTH = 256;
/** Up to this length a scan costs less than a lookup. */
const MIN_LENGTH = 12;

/** Results of {@link CleanTexts.find}. */
export const UNKNOWN = 0;
export const CLEAN = 1;
/** Clean, and with characters that take more than one byte as JSON. */
export const CLEAN_WIDE = 2;

/**
 * Remembers texts in which no rule found anything: file names, functions, source lines and categories repeat in every
 * event. Never stores a text from which anything was removed or that was seen only once; takes at most 2 MB.
 *
 * The slot of a text is computed from a few of its characters: this costs less than hashing the whole text, and a
 * collision only costs a scan.
 */
export class CleanTexts {
  private readonly texts: string[] = new Array<string>(SLOTS).fill('');
  private readonly hashes = new Int32Array(SLOTS);
  /** The kinds of rules for which the text in the slot is clean, shifted by one; the lowest bit is set if it is wide. */
  private readonly answers = new Uint16Array(SLOTS);
  /** The text in the slot was found since another one last competed for the slot. */
  private readonly used = new Uint8Array(SLOTS);
  /** Hashes of texts seen once. */
  private readonly seenOnce = new Int32Array(SLOTS);

  /** Of the text that was looked up last. */
  private lastHash = 0;

  find(text: string, kinds: number): number {
    if (text.length <= MIN_LENGTH || text.length > MAX_LENGTH) return UNKNOWN;
    let hash = hashOf(text, kinds);
    let slot = this.slotOf(hash, text);
    if (slot === -1 && this.isTaken(hash)) {
      hash = fullHashOf(text, hash);
      slot = this.slotOf(hash, text);
    }
    this.lastHash = hash;
    if (slot === -1) return UNKNOWN;
    const answer = this.answers[slot] as number;
    if (answer >> 1 !== kinds) return UNKNOWN;
    this.used[slot] = 1;
    return CLEAN + (answer & 1);
  }

  /** Stores a clean text when it is seen for the second time; evicts one that is no longer used. */
  add(text: string, kinds: number, wide: boolean): void {
    if (text.length <= MIN_LENGTH || text.length > MAX_LENGTH) return;
    const hash = hashOf(text, kinds);
    this.store(text, kinds, wide, this.isTaken(hash) ? fullHashOf(text, hash) : hash);
  }

  /** Adds the text for which {@link find} has just answered {@link UNKNOWN}. */
  addFound(text: string, kinds: number, wide: boolean): void {
    if (text.length > MIN_LENGTH && text.length <= MAX_LENGTH) this.store(text, kinds, wide, this.lastHash);
  }

  private store(text: string, kinds: number, wide: boolean, hash: number): void {
    const first = hash & (SLOTS - 1);
    if (this.seenOnce[first] !== hash) {
      this.seenOnce[first] = hash;
      return;
    }
    this.seenOnce[first] = 0;
    const slot = this.freeOf(first);
    if (slot === -1) return;
    const own = Buffer.from(text, 'latin1').toString('latin1'); // a substring would keep the whole string alive
    if (own !== text) return;
    this.texts[slot] = own;
    this.hashes[slot] = hash;
    this.answers[slot] = (kinds << 1) | Number(wide);
  }

  private slotOf(hash: number, text: string): number {
    const slot = hash & (SLOTS - 1);
    if (this.hashes[slot] === hash && this.texts[slot] === text) return slot;
    const other = slot ^ 1;
    return this.hashes[other] === hash && this.texts[other] === text ? other : -1;
  }

  /** A text with this hash is stored: source lines may differ in a single character that {@link hashOf} skips. */
  private isTaken(hash: number): boolean {
    const slot = hash & (SLOTS - 1);
    return this.hashes[slot] === hash || this.hashes[slot ^ 1] === hash;
  }

  private freeOf(first: number): number {
    for (const slot of [first, first ^ 1]) {
      if (this.used[slot] === 0) return slot;
      this.used[slot] = 0;
    }
    return -1;
  }
}

/** A hash of the length, the kinds and a few characters of the text. */
function hashOf(text: string, kinds: number): number {
  const { length } = text;
  const middle = length >> 1;
  const ends =
    text.charCodeAt(length - 1) ^
    (text.charCodeAt(length - 3) << 8) ^
    (text.charCodeAt(length - 5) << 16) ^
    (text.charCodeAt(middle + (middle >> 1)) << 24);
  const inner = text.charCodeAt(middle) ^ (text.charCodeAt(middle >> 1) << 8) ^ (length << 16) ^ (kinds << 24);
  const hash = Math.imul(ends, 0x9e3779b1) ^ Math.imul(inner, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** A hash of every character, for texts that {@link hashOf} cannot tell apart. */
function fullHashOf(text: string, hash: number): number {
  let full = hash ^ 0x5bd1e995;
  for (let at = 0; at < text.length; at++) full = Math.imul(full ^ text.charCodeAt(at), 0x01000193);
  return full ^ (full >>> 15);
}
