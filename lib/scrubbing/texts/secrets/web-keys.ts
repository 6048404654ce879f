import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';

/** The type of a JSON Web Key, printed by `util.inspect` or as JSON. */
const KEY_TYPE = /\bkty\b/;
/** Its private members (RFC 7518). */
const PRIVATE =
  /(?<![\w.-])((?:d|p|q|dp|dq|qi|k)(?:\\{0,3}["'])?\s{0,4}:\s{0,4}\\{0,3}["'])([\w-]{16,1000})(?=\\{0,3}["'])/g;
const STEPS = 4;

/** Replaces the private members of a JSON Web Key in a text. */
export function scrubWebKeys(text: string, work: WorkMeter): string {
  if (!KEY_TYPE.test(text)) return text;
  return work.read(text, STEPS).replace(PRIVATE, (_all, head: string) => head + FILTERED);
}
