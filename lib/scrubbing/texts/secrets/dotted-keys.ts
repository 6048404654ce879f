import type { WorkMeter } from '../../limits/work-meter.js';
import type { VendorKey } from './vendors/vendor-key.js';

/** `eyJhbGciOi[\w-]{20,}\.[\w-]{10,}`: what the first part begins with, its least length, and the other parts. */
const FORM = /^(.+?)\[\\w-\]\{(\d+),\}(\\\..+)$/;
const STEPS_PER_CHARACTER = 3;

/** A key of parts joined by dots, whose first part has any length. */
export interface DottedKey {
  readonly key: VendorKey;
  readonly head: RegExp;
  readonly least: number;
  readonly rest: RegExp;
}

/** Undefined for a key of another form. */
export function dottedKey(key: VendorKey): DottedKey | undefined {
  const found = FORM.exec(key[1]);
  if (!found) return undefined;
  const [, head = '', least = '', rest = ''] = found;
  return { key, head: new RegExp(head, 'y'), least: Number(least), rest: new RegExp(rest, 'y') };
}

/**
 * Where the dotted keys of one text end. A key may begin at every `_` and `-` in the first part of another one, so the
 * end of that part, and what follows it, are read once for all of them.
 */
export class DottedKeys {
  private end = 0;
  private readonly ends = new Map<DottedKey, number>();

  constructor(
    private readonly text: string,
    private readonly work: WorkMeter,
  ) {}

  /** The end of the key that begins here; -1 if none does. */
  endOf(dotted: DottedKey, at: number): number {
    const { head } = dotted;
    head.lastIndex = at;
    if (!head.test(this.text)) return -1;
    const start = head.lastIndex;
    const end = this.endOfPart(start);
    if (end - start < dotted.least) return -1;
    const known = this.ends.get(dotted);
    if (known !== undefined) return known;
    dotted.rest.lastIndex = end;
    const keyEnd = dotted.rest.test(this.text) ? dotted.rest.lastIndex : -1;
    this.work.charge(Math.max(0, keyEnd - end) * STEPS_PER_CHARACTER);
    this.ends.set(dotted, keyEnd);
    return keyEnd;
  }

  private endOfPart(start: number): number {
    if (start < this.end) return this.end;
    this.ends.clear();
    const { text } = this;
    let end = start;
    while (end < text.length && isInPart(text.charCodeAt(end))) end++;
    this.work.charge((end - start) * STEPS_PER_CHARACTER);
    this.end = end;
    return end;
  }
}

function isInPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}
