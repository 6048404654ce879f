/** A power of two; the text of one mark may stand in either of two neighbours. */
const SLOTS = 8192;
const LONGEST = 256;

/** Answers of {@link CleanTexts.find}. */
export const UNKNOWN = 0;
export const CLEAN = 1;
/** Clean, and with characters that take more than one byte as JSON. */
export const CLEAN_WIDE = 2;

/**
 * Remembers texts in which no rule found anything: file names, functions, source lines and categories come again with
 * every event. Holds no text that anything was removed from, none that came only once, and at most 2 MB.
 *
 * A slot is found from a few characters and holds one text: looking costs less than a hash of the whole text, and a
 * collision costs only a scan.
 */
export class CleanTexts {
  private readonly texts: string[] = new Array<string>(SLOTS).fill('');
  private readonly marks = new Int32Array(SLOTS);
  /** The kinds of rules that the text in the slot is clean for. */
  private readonly kinds = new Uint8Array(SLOTS);
  private readonly answers = new Uint8Array(SLOTS);
  /** The text in the slot was asked for since another one wanted its place. */
  private readonly used = new Uint8Array(SLOTS);
  /** What was seen once: a number, not the text. */
  private readonly seen = new Int32Array(SLOTS);

  find(text: string, kinds: number): number {
    if (text.length > LONGEST) return UNKNOWN;
    const mark = markOf(text, kinds);
    let slot = mark & (SLOTS - 1);
    if (this.marks[slot] !== mark || this.texts[slot] !== text || this.kinds[slot] !== kinds) {
      slot ^= 1;
      if (this.marks[slot] !== mark || this.texts[slot] !== text || this.kinds[slot] !== kinds) return UNKNOWN;
    }
    this.used[slot] = 1;
    return this.answers[slot] as number;
  }

  /** Keeps a clean text when it comes for the second time, in the place of one that is not asked for any more. */
  add(text: string, kinds: number, wide: boolean): void {
    if (text.length > LONGEST) return;
    const mark = markOf(text, kinds);
    const first = mark & (SLOTS - 1);
    if (this.seen[first] !== mark) {
      this.seen[first] = mark;
      return;
    }
    this.seen[first] = 0;
    const slot = this.freeOf(first);
    if (slot === -1) return;
    const own = Buffer.from(text, 'latin1').toString('latin1'); // a part of a long text would keep all of it alive
    if (own !== text) return;
    this.texts[slot] = own;
    this.marks[slot] = mark;
    this.kinds[slot] = kinds;
    this.answers[slot] = wide ? CLEAN_WIDE : CLEAN;
  }

  private freeOf(first: number): number {
    for (const slot of [first, first ^ 1]) {
      if (this.used[slot] === 0) return slot;
      this.used[slot] = 0;
    }
    return -1;
  }
}

/** A few characters of the text, mixed. */
function markOf(text: string, kinds: number): number {
  const { length } = text;
  const quarter = length >> 2;
  let mark = Math.imul(length ^ (kinds << 10), 0x9e3779b1);
  mark = Math.imul(mark ^ text.charCodeAt(length - 1), 0x85ebca6b);
  mark = Math.imul(mark ^ text.charCodeAt(length - 2), 0xc2b2ae35);
  mark = Math.imul(mark ^ text.charCodeAt(length - 3), 0x27d4eb2f);
  mark = Math.imul(mark ^ text.charCodeAt(0), 0x85ebca6b);
  mark = Math.imul(mark ^ text.charCodeAt(quarter), 0x165667b1);
  mark = Math.imul(mark ^ text.charCodeAt(quarter + quarter), 0xc2b2ae35);
  mark = Math.imul(mark ^ text.charCodeAt(length - quarter - 1), 0x9e3779b1);
  return mark ^ (mark >>> 15);
}
