import type { WorkMeter } from '../../limits/work-meter.js';
import { marker } from '../../markers/marker.js';

/** Long enough for a name and a value. Hashes and random keys in base64 do not decode to readable characters. */
const RUN = /(?<![\w.+/-])[A-Za-z0-9+/_-]{28,}={0,2}(?![\w+/=-])/g;
/** The beginning that is decoded to find out whether the run is a text: 18 readable bytes are no coincidence. */
const SAMPLE = 24;
const READABLE = /^[\t\n\r\x20-\x7e\u00a0-\uffff]*$/;
const STEPS_PER_RUN = 500;
const STEPS_PER_CHARACTER = 8;

/** The value of each digit, also of the alphabet for URLs. */
const DIGITS = new Uint8Array(128);
for (const last of ['+/', '-_']) {
  const alphabet = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`;
  for (let value = 0; value < alphabet.length; value++) DIGITS[alphabet.charCodeAt(value)] = value;
}

/** Whether the first bytes are readable in Latin-1. */
function beginsReadable(run: string): boolean {
  for (let at = 0; at < SAMPLE; at += 4) {
    let bits = 0;
    for (let digit = at; digit < at + 4; digit++) bits = (bits << 6) | (DIGITS[run.charCodeAt(digit)] as number);
    if (!isReadable(bits >> 16) || !isReadable((bits >> 8) & 255) || !isReadable(bits & 255)) return false;
  }
  return true;
}

function isReadable(byte: number): boolean {
  return byte < 127 ? byte >= 32 || byte === 9 || byte === 10 || byte === 13 : byte >= 160;
}

/** Replaces a text in base64 (a `.env` file, a kubeconfig, a PEM key) as a whole if anything in it would be removed. */
export function scrubBase64Texts(text: string, scrub: (decoded: string) => string, work: WorkMeter): string {
  let out = '';
  let copied = 0;
  RUN.lastIndex = 0;
  for (let found = RUN.exec(text); found; found = RUN.exec(text)) {
    const [run] = found;
    const end = RUN.lastIndex;
    work.charge(STEPS_PER_RUN);
    if (beginsReadable(run) && isSecret(run, scrub, work)) {
      out += text.slice(copied, found.index) + marker('base64');
      copied = end;
    }
    RUN.lastIndex = end; // a text inside the text uses it, too
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function isSecret(run: string, scrub: (decoded: string) => string, work: WorkMeter): boolean {
  work.charge(run.length * STEPS_PER_CHARACTER);
  const decoded = Buffer.from(run, 'base64').toString();
  return READABLE.test(decoded) && scrub(decoded) !== decoded;
}
