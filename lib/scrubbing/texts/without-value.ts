import type { WorkMeter } from '../limits/work-meter.js';
import { FILTERED } from '../markers/marker.js';

const STEPS_PER_CHARACTER = 6;
/** Most texts do not repeat what was removed: the first characters of the value tell. */
const HEAD = 6;
const STEPS_TO_FIND_HEAD = 2;

const WORD = /[\p{L}\d]/u;

/**
 * The text without this value, wherever it stands; with `wholeWords`, only where it is no part of a longer word. Reads each
 * character once: V8 compares the whole value again at every position of a text such as `aaaa…`.
 */
export function withoutValue(text: string, value: string, work: WorkMeter, { wholeWords = false } = {}): string {
  if (value === '' || value.length > text.length) return text;
  work.spend(text.length * STEPS_TO_FIND_HEAD);
  const first = text.indexOf(value.slice(0, HEAD));
  if (first === -1) return text;
  work.spend((text.length - first + value.length) * STEPS_PER_CHARACTER);
  const borders = bordersOf(value);
  let out = '';
  let copied = 0;
  let matched = 0;
  for (let at = first; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (matched > 0 && code !== value.charCodeAt(matched)) matched = borders[matched - 1] as number;
    if (code === value.charCodeAt(matched)) matched++;
    if (matched < value.length) continue;
    const start = at + 1 - matched;
    if (wholeWords && (WORD.test(text.charAt(start - 1)) || WORD.test(text.charAt(at + 1)))) {
      matched = borders[matched - 1] as number;
      continue;
    }
    out += text.slice(copied, start) + FILTERED;
    copied = at + 1;
    matched = 0;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** For each character of the value: how many before and with it are also its first ones. */
function bordersOf(value: string): Uint32Array {
  const borders = new Uint32Array(value.length);
  let matched = 0;
  for (let at = 1; at < value.length; at++) {
    const code = value.charCodeAt(at);
    while (matched > 0 && code !== value.charCodeAt(matched)) matched = borders[matched - 1] as number;
    if (code === value.charCodeAt(matched)) matched++;
    borders[at] = matched;
  }
  return borders;
}
