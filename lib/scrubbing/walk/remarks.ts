import { CUT } from '../limits/limits.js';
import { MARKERS, ruleOf } from '../markers/marker.js';

/** Removed as a whole, replaced in part, replaced by a pseudonym: Relay's letters for the types of remarks. */
export type RemarkKind = 'x' | 's' | 'p';
/** A remark as Relay writes it: rule, kind and range in the string that is sent. */
export type Remark = [rule: string, kind: RemarkKind, start?: number, end?: number];

/** What happened to the value at one path. */
export interface RecordedRemoval {
  path: (string | number)[];
  remarks: Remark[];
  /** Length of the original string. */
  length: number | undefined;
}

const MAX_REMARKS = 20;
/** A cheap test for what every pseudonym contains. */
const MAY_BE_PSEUDONYM = /pseudonym\.|fd6e:|2[45]\d\.|-[0-9a-f]{12}/;
const MARKER_AT = new RegExp(MARKERS.source, 'y');
const PSEUDONYMS =
  /user-[0-9a-f]{12}@pseudonym\.invalid|fd6e:7374:6a73:[0-9a-f:]{5,29}|\b2(?:4\d|5[0-5])(?:\.\d{1,3}){3}\b|\b(phone|national-id|birth-date|postal-address|name|geolocation|mac)-[0-9a-f]{12}\b/g;

/** The remarks for a scrubbed string: one for each marker and pseudonym in it. */
export function remarksOf(text: string, wholeRule: string | undefined): Remark[] {
  if (wholeRule !== undefined) return [[wholeRule, 's', 0, text.length]];
  const remarks: Remark[] = [];
  for (let open = text.indexOf('[Filtered'); open !== -1 && remarks.length < MAX_REMARKS;) {
    MARKER_AT.lastIndex = open;
    const found = MARKER_AT.exec(text);
    const end = open + (found ? found[0].length : 1);
    if (found) remarks.push([ruleOf(found[1]), 's', open, end]);
    open = text.indexOf('[Filtered', end);
  }
  if (MAY_BE_PSEUDONYM.test(text)) addPseudonyms(text, remarks);
  if (text.endsWith(CUT)) remarks.push(['!limit', 's', text.length - CUT.length, text.length]);
  return isInOrder(remarks) ? remarks : remarks.sort((one, other) => (one[2] ?? 0) - (other[2] ?? 0));
}

function isInOrder(remarks: readonly Remark[]): boolean {
  return remarks.every((remark, at) => at === 0 || (remarks[at - 1]?.[2] ?? 0) <= (remark[2] ?? 0));
}

function addPseudonyms(text: string, remarks: Remark[]): void {
  PSEUDONYMS.lastIndex = 0;
  for (let found = PSEUDONYMS.exec(text); found; found = PSEUDONYMS.exec(text)) {
    if (remarks.length === MAX_REMARKS) return;
    const rule = found[1] ? `@${found[1]}` : found[0].startsWith('user-') ? '@email' : '@ip';
    remarks.push([rule, 'p', found.index, found.index + found[0].length]);
  }
}
