/** Shows plain data: tables of names and values, chips, JSON. */
export const VALUES_SCRIPT = String.raw`
const MAX_SHOWN_LENGTH = 20000;

/** Indentation may take this many characters; it is left out of a nest that would take more. */
const MAX_INDENTED = 10000000;

function depthOf(value) {
  let deepest = 0;
  if (typeof value === 'object' && value !== null) for (const entry of Object.values(value)) deepest = Math.max(deepest, depthOf(entry));
  return deepest + 1;
}

function prettyJson(value) {
  try {
    const json = JSON.stringify(value);
    return json.length * depthOf(value) > MAX_INDENTED ? json : JSON.stringify(value, null, 2);
  } catch (error) {
    return '(nested too deeply to be shown)';
  }
}

function valueNode(value) {
  if (value === null || value === undefined) return el('span', { class: 'nothing' }, String(value));
  if (typeof value === 'object') {
    const json = prettyJson(value);
    const flat = shorten(text(value), 121);
    if (flat.length <= 120) return el('code', { class: 'inline' }, rich(flat));
    return el('pre', { class: 'json' }, rich(shorten(json, MAX_SHOWN_LENGTH)));
  }
  if (typeof value !== 'string') return el('span', { class: 'literal' }, String(value));
  return el('span', { class: 'string' }, rich(shorten(value, MAX_SHOWN_LENGTH)));
}

/** Names and values, one per line; null if there are none. */
function table(entries) {
  if (entries.length === 0) return null;
  return el('dl', { class: 'pairs' }, firstOf(entries, ([name, value]) => [el('dt', null, name), el('dd', null, valueNode(value))]));
}

function tableOf(value) {
  if (isObject(value)) return table(Object.entries(value));
  if (Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2)) {
    return table(value.map(([name, entry]) => [text(name), entry]));
  }
  return value === undefined || value === null || value === '' ? null : el('pre', { class: 'json' }, rich(text(value)));
}

function chips(entries) {
  if (entries.length === 0) return null;
  return el('ul', { class: 'chips' }, firstOf(entries, ([name, value]) => el('li', null, el('b', null, name), el('span', null, rich(text(value))))));
}

const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MAX_COLOURED_LENGTH = 200000;

/** JSON with syntax colours; plain if it is very long. */
function jsonNode(value) {
  const json = typeof value === 'string' ? value : prettyJson(value);
  const node = el('pre', { class: 'json whole', tabindex: '0', 'aria-label': 'JSON' });
  if (json.length > MAX_COLOURED_LENGTH || typeof value === 'string') {
    append(node, [json]);
    return node;
  }
  let from = 0;
  for (const match of json.matchAll(JSON_TOKEN)) {
    append(node, [json.slice(from, match.index)]);
    from = match.index + match[0].length;
    if (match[2] !== undefined) append(node, [el('span', { class: 'j-name' }, match[1]), match[2]]);
    else append(node, [el('span', { class: match[1] ? 'j-string' : 'j-literal' }, rich(match[0]))]);
  }
  append(node, [json.slice(from)]);
  return node;
}
`;
