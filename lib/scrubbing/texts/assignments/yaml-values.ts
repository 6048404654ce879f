import { isMarker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';

/** Nothing but a tag, an anchor or a comment after the colon: the value is on the lines below. */
const HEAD = /^[ \t]{0,8}(?:(?:!{1,2}[\w:/.-]{0,40}|&[\w-]{1,40})[ \t]{0,8})?(?:#[^\r\n]{0,80})?\r?\n/;
const MAX_PREFIX = 140;
const LINE =
  /^([ \t]*)(- +)?(?:(["']?[\w.-]{1,80}["']?)[ \t]{0,4}:(?:[ \t]{1,8}|$))?(?:!{1,2}[\w:/.-]{0,40}[ \t]{1,8})?(["']?)([^\r\n]*?)\4[ \t]{0,8}\r?$/;
/** Members that hold the value itself: `password: { value: x }` of Helm and Ansible. */
const HOLDER =
  /^["']?(?:value|current|plain|plaintext|data|text|hash|raw|default|encrypted|old|new|previous|latest|secret)["']?$/i;
/** Names that describe how something authenticates, or refer to a secret elsewhere: what is below them is judged by its own names. */
const OUTER =
  /(?:auth|oauth|authn|authz|authorization|session|ref|from|name|names|policy|rules|provider|providers|options|config|settings|validation)$/i;
const RANDOM = /^(?=\S{6,}$)(?=.*\d)(?=.*[A-Za-z])/;
/** Of several values without a dash: one on each line, perhaps numbered. */
const SEVERAL = /(?:code|token|password|secret|key|pin)s$/i;
const NUMBERED = /^(?:\d{1,2}[.)][ \t]{1,4}|[*•][ \t]{1,4})?(?=\S{0,60}\d)[\w-]{4,80}$/;
/** Compose: the names of the secrets of a service. */
const NAME_OF_SECRET = /^[a-z]{1,20}(?:[_-][a-z]{1,20}){0,5}[_-](?:password|passwd|secret|token|key|credentials|cert)$/;
const MAX_LINES = 500;

export interface NestedValues {
  values: { start: number; end: number }[];
  /** Up to where the lines were read. */
  end: number;
}

/** YAML values below a name: a list, the members of a mapping that hold the value, or a scalar on the next line. */
export function nestedValues(text: string, from: number, colon: number, name: string): NestedValues | undefined {
  const head = HEAD.exec(text.slice(from, from + MAX_PREFIX));
  if (!head || OUTER.test(name)) return undefined;
  const outer = indentOf(text, text.lastIndexOf('\n', colon) + 1);
  const values: NestedValues['values'] = [];
  let line = from + head[0].length;
  let first = true;
  let end = line - 1;
  for (let count = 0; line < text.length && count < MAX_LINES; count++) {
    const close = text.indexOf('\n', line);
    const stop = close === -1 ? text.length : close;
    const indent = indentOf(text, line);
    const item = text.startsWith('- ', line + indent) || (SEVERAL.test(name) && isNumbered(text, line + indent));
    if (stop > line + indent && (indent < outer || (indent === outer && !item))) break;
    const value = valueIn(text.slice(line, Math.min(stop, line + 1000)), item, first, name);
    if (value) values.push({ start: line + value.start, end: line + value.end });
    else if (first) return undefined;
    first = false;
    end = stop;
    line = stop + 1;
  }
  return values.length > 0 ? { values, end } : undefined;
}

function isNumbered(text: string, at: number): boolean {
  return /^(?:\d{1,2}[.)]|[*•])[ \t]/.test(text.slice(at, at + 5));
}

function valueIn(
  line: string,
  item: boolean,
  first: boolean,
  name: string,
): { start: number; end: number } | undefined {
  const found = LINE.exec(line);
  const value = found?.[5];
  if (!found || value === undefined || value === '' || isMarker(value) || isPlaceholder(value)) return undefined;
  const [, , , key, quote = ''] = found;
  if (key === undefined) {
    const isScalar =
      item || (SEVERAL.test(name) && NUMBERED.test(value)) || (first && (quote !== '' || /^\S+$/.test(value)));
    if (item && name === 'secrets' && NAME_OF_SECRET.test(value)) return undefined;
    if (!isScalar || (quote === '' && /\s/.test(value) && !NUMBERED.test(value)) || /^[[{|>&*]/.test(value))
      return undefined;
  } else if (!HOLDER.test(key) && !(/s$/i.test(name) && RANDOM.test(value))) return undefined;
  const end = line.length - (/[ \t]{0,8}\r?$/.exec(line)?.[0].length ?? 0) - quote.length;
  return { start: end - value.length, end };
}

function indentOf(text: string, line: number): number {
  let at = line;
  while (at < text.length && at < line + 200 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return at - line;
}
