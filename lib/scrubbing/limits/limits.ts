/** How much of an item is sent. */
export interface Limits {
  depth: number;
  breadth: number;
  /** Characters of one string. */
  text: number;
  /** Bytes of one item as JSON. */
  bytes: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = { depth: 32, breadth: 1000, text: 65_536, bytes: 800_000 };

export const CUT = '…[cut]';
/** Scrubbed beyond the cut, so that a secret that begins before the cut is matched as a whole. */
const MARGIN = 8192;

export function cutMarker(what: string): string {
  return `[cut:${what}]`;
}

/** The part of a text that rules have to read if only `limit` characters are sent. */
export function readable(text: string, limit: number): string {
  return text.length > limit + MARGIN ? text.slice(0, limit + MARGIN) : text;
}

/** Cuts a text to the limit, `…[cut]` included; never inside a surrogate pair or a marker. */
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
