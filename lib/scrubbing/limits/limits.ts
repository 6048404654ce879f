/** How much of an item is sent. */
export interface Limits {
  depth: number;
  breadth: number;
  /** Characters of one text. */
  text: number;
  /** Bytes of one item as JSON. */
  bytes: number;
}

export const CUT = '…[cut]';
/** What is scrubbed beyond the cut, so that a secret that begins before it is seen whole. */
const MARGIN = 8192;

export function cutMarker(what: string): string {
  return `[cut:${what}]`;
}

/** What a text rule has to read of a text of which only `limit` characters are sent. */
export function readable(text: string, limit: number): string {
  return text.length > limit + MARGIN ? text.slice(0, limit + MARGIN) : text;
}

/** Cuts a text to the limit, mark included; never between the halves of a surrogate pair or inside a marker. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit - CUT.length;
  const open = text.lastIndexOf('[', end);
  if (open !== -1 && end - open < 48 && text.startsWith('[Filtered', open)) {
    const close = text.indexOf(']', open);
    if (close >= end && close - open < 48) end = open;
  }
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end--;
  return text.slice(0, end) + CUT;
}
