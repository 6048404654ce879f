import { MARKERS, ruleOf } from './marker.js';

/** Removed as a whole, replaced in part, turned into a pseudonym: Relay's letters for kinds of remarks. */
export type RemarkKind = 'x' | 's' | 'p';
/** Relay's form of a remark: rule, kind and the place in the text that is sent. */
export type Remark = [rule: string, kind: RemarkKind, start?: number, end?: number];

/** What happened to the value at one path. */
export interface Removal {
  path: string[];
  remarks: Remark[];
  /** Length of the text as it was. */
  length: number | undefined;
}

const MOST_REMARKS = 20;
const PSEUDONYMS =
  /user-[0-9a-f]{12}@pseudonym\.invalid|fd6e:7374:6a73:[0-9a-f:]{5,29}|\b2(?:4\d|5[0-5])(?:\.\d{1,3}){3}\b/g;

/** The remarks that a scrubbed text shows of itself: every marker and pseudonym in it. */
export function remarksOf(text: string, wholeRule: string | undefined): Remark[] {
  if (wholeRule !== undefined) return [[wholeRule, 's', 0, text.length]];
  const remarks: Remark[] = [];
  for (const found of text.matchAll(MARKERS)) {
    remarks.push([ruleOf(found[1]), 's', found.index, found.index + found[0].length]);
    if (remarks.length === MOST_REMARKS) return remarks;
  }
  for (const found of text.matchAll(PSEUDONYMS)) {
    remarks.push([found[0].startsWith('user-') ? '@email' : '@ip', 'p', found.index, found.index + found[0].length]);
    if (remarks.length === MOST_REMARKS) break;
  }
  const cut = text.lastIndexOf('…[cut]');
  if (cut !== -1 && cut === text.length - 6) remarks.push(['!limit', 's', cut, text.length]);
  return remarks.sort((one, other) => (one[2] ?? 0) - (other[2] ?? 0));
}
