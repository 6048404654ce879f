import { STEPS_PER_EXCEPTION, type WorkMeter } from '../../limits/work-meter.js';

const MAX_HEAD_LENGTH = 2048;
const SEPARATORS = ': / ? @ , + $ [ ]'.split(' ');

/**
 * Decodes and scrubs percent-encoded parts, and encodes them again if something was removed. A part is located by its
 * first percent sign and ends where a parameter, a quote or the text ends.
 */
export function scrubPercentEncoded(text: string, scrub: (decoded: string) => string, work: WorkMeter): string {
  let out = '';
  let copied = 0;
  let read = 0; // no equals sign that matters precedes: each part is read once
  for (let percent = text.indexOf('%'); percent !== -1; percent = text.indexOf('%', percent + 1)) {
    if (!isHex(text.charCodeAt(percent + 1)) || !isHex(text.charCodeAt(percent + 2))) continue;
    let start = startOfValue(text, percent, read);
    const isWhole = start !== percent;
    while (!isWhole && start > read && percent - start < MAX_HEAD_LENGTH && !isEnd(text.charCodeAt(start - 1))) start--;
    let end = percent + 3;
    const endsRun = text.charCodeAt(start - 1) === 61 ? endsValue : isEnd; // only a value may contain an equals sign
    while (end < text.length && !endsRun(text.charCodeAt(end))) end++;
    const run = text.slice(start, end);
    const decoded = decode(run, work);
    const clean =
      decoded === undefined
        ? undefined
        : (scrubRun(run, decoded, scrub) ??
          (run.includes('+') ? scrubRun(run, decode(run.replaceAll('+', ' '), work) ?? '', scrub) : undefined));
    if (clean !== undefined) {
      out += text.slice(copied, start) + clean;
      copied = end;
    }
    percent = end - 1;
    read = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** After the nearest equals sign, unless a value ends in between; else the percent sign. */
function startOfValue(text: string, percent: number, floor: number): number {
  for (let at = percent - 1; at >= floor && percent - at < MAX_HEAD_LENGTH; at--) {
    const code = text.charCodeAt(at);
    if (code === 61) return at + 1;
    if (endsValue(code)) break;
  }
  return percent;
}

/** The scrubbed run; undefined if nothing was removed. */
function scrubRun(run: string, decoded: string, scrub: (decoded: string) => string): string | undefined {
  const clean = scrub(decoded);
  return clean === decoded ? undefined : encode(clean, run.includes('://') ? run : '');
}

function decode(run: string, work: WorkMeter): string | undefined {
  try {
    const decoded = decodeURIComponent(run);
    return decoded === run ? undefined : decoded;
  } catch {
    work.charge(STEPS_PER_EXCEPTION);
    return undefined; // not UTF-8: the other rules still apply to it as it is
  }
}

/** Markers remain readable in the encoded text; of a URL with encoded parts, those separators that it had as they are. */
function encode(clean: string, url: string): string {
  const separators = url === '' ? [] : SEPARATORS.filter((separator) => url.includes(separator));
  return clean
    .split(/(\[Filtered(?::[a-z0-9 -]{1,32})?\])/)
    .map((part, index) => (index % 2 === 1 ? part : encodePart(part, separators)))
    .join('');
}

function encodePart(part: string, separators: readonly string[]): string {
  let encoded = encodeComponent(part);
  for (const separator of separators) encoded = encoded.replaceAll(encodeURIComponent(separator), separator);
  return encoded;
}

function encodeComponent(part: string): string {
  try {
    return encodeURIComponent(part);
  } catch {
    return encodeURIComponent(Buffer.from(part).toString()); // half of a surrogate pair
  }
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

/** White space and the characters that end the value of a parameter. */
function endsValue(code: number): boolean {
  return code <= 32 || code === 38 || code === 59 || code === 34 || code === 60 || code === 62 || code === 35;
}

/** A value may also begin after its name, or after the bracket that opens a list. */
function isEnd(code: number): boolean {
  return endsValue(code) || code === 44 || code === 39 || code === 40 || code === 41 || code === 61 || code === 63;
}
