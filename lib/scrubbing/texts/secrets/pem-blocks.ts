import { marker } from '../../markers/marker.js';

const MAY_BEGIN = /-----BEGIN|---- BEGIN SSH2|Private-Lines/;
const BEGIN =
  /(?:-----BEGIN|---- BEGIN SSH2)[A-Z0-9 -]{0,60}(?:PRIVATE|PUBLIC|SECRET)[A-Z0-9 -]{0,40}-----?|(?<=^|[\r\n]|\\n)Private-Lines: \d{1,4}(?:\r?\n|\\n)/g;
const END = /(?:-----END|---- END SSH2)[A-Z0-9 -]{0,80}-----?|Private-MAC:/g;

const LONG_RUN = /[A-Za-z0-9+/=_-]{16}/;
const NEXT_LINE = /^(?:[ \t]{0,4}(?:\r?\n|\\r?\\?n|\\n))\s{0,8}[^\s"'`+)$]/;
const MAX_HEAD = 400;

/** What follows the first line is a key: a line of its own, or a long run of base64; not code or a sentence that names the line. */
function isBody(body: string, closed: boolean): boolean {
  if (body.trim() === '') return false;
  const head = body.slice(0, MAX_HEAD);
  return (
    NEXT_LINE.test(head) ||
    (closed && /[A-Za-z0-9+/=]{8}/.test(head) && !/[ ]and[ ]|\$\{/.test(head)) ||
    LONG_RUN.test(head)
  );
}

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
    if ((begin[0].startsWith('Private') || isBody(body, end < text.length)) && !body.startsWith('[Filtered:pem]')) {
      out += text.slice(copied, from) + marker('pem');
      copied = end;
    }
    BEGIN.lastIndex = Math.max(end, from);
  }
  return copied === 0 ? text : out + text.slice(copied);
}
