/** A power of two. */
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
  /** The kinds of rules that the text in the slot is clean for. */
  private readonly kinds = new Uint8Array(SLOTS);
  private readonly answers = new Uint8Array(SLOTS);
  /** What was seen once: a number, not the text. */
  private readonly seen = new Int32Array(SLOTS);

  find(text: string, kinds: number): number {
    if (text.length > LONGEST) return UNKNOWN;
    const slot = markOf(text, kinds) & (SLOTS - 1);
    return this.kinds[slot] === kinds && this.texts[slot] === text ? (this.answers[slot] as number) : UNKNOWN;
  }

  /** Keeps a clean text when it comes for the second time. */
  add(text: string, kinds: number, wide: boolean): void {
    if (text.length > LONGEST) return;
    const mark = markOf(text, kinds);
    const slot = mark & (SLOTS - 1);
    if (this.seen[slot] !== mark) {
      this.seen[slot] = mark;
      return;
    }
    const own = Buffer.from(text, 'latin1').toString('latin1'); // a part of a long text would keep all of it alive
    if (own !== text) return;
    this.texts[slot] = own;
    this.kinds[slot] = kinds;
    this.answers[slot] = wide ? CLEAN_WIDE : CLEAN;
  }
}

function markOf(text: string, kinds: number): number {
  const { length } = text;
  let mark = Math.imul(length, 0x9e3779b1) ^ kinds;
  mark = Math.imul(mark ^ text.charCodeAt(length - 1), 0x85ebca6b);
  mark = Math.imul(mark ^ text.charCodeAt(length - 2), 0xc2b2ae35);
  mark = Math.imul(mark ^ text.charCodeAt(length >> 1), 0x27d4eb2f);
  mark = Math.imul(mark ^ text.charCodeAt(length >> 2), 0x165667b1);
  mark = Math.imul(mark ^ text.charCodeAt(length - (length >> 2)), 0x9e3779b1);
  return mark ^ (mark >>> 15);
}
