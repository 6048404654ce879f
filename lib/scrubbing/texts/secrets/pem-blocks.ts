import { marker } from '../../markers/marker.js';

const MAY_BEGIN = /-----BEGIN|Private-Lines/;
const BEGIN =
  /-----BEGIN[A-Z0-9 -]{0,60}(?:PRIVATE|PUBLIC|SECRET)[A-Z0-9 -]{0,40}-----|(?<=^|[\r\n]|\\n)Private-Lines: \d{1,4}(?:\r?\n|\\n)/g;
const END = /-----END[A-Z0-9 -]{0,80}-----|Private-MAC:/g;

/**
 * Replaces the content of PEM and PGP keys, private or public as in Relay; certificates are kept. A block without its
 * last line is replaced to the end of the text.
 */
export function scrubPemBlocks(text: string): string {
  if (!MAY_BEGIN.test(text)) return text;
  let out = '';
  let copied = 0;
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
    const from = begin.index + begin[0].length;
    END.lastIndex = from;
    const end = END.exec(text)?.index ?? text.length;
    const body = text.slice(from, end);
    if (body !== '' && !body.startsWith('[Filtered:pem]')) {
      out += text.slice(copied, from) + marker('pem');
      copied = end;
    }
    BEGIN.lastIndex = Math.max(end, from);
  }
  return copied === 0 ? text : out + text.slice(copied);
}
