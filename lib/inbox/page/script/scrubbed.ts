/** What was scrubbed, and by which rule. */
export const SCRUBBED_SCRIPT = String.raw`
const FILTERED = /\[Filtered[^[\]]*\]/;
const MAX_DEPTH = 40;
const MAX_SCRUBBED = 1000;
/** Relay's letters. */
const REMARK_KINDS = { x: 'removed', s: 'replaced', p: 'replaced by a pseudonym', m: 'masked', h: 'hashed', e: 'encrypted', a: 'annotated' };

/** Paths that were scrubbed, the first of many: those named in _meta, and those with a marker as value. */
function scrubbedOf(payload) {
  const found = new Map();
  const walkMeta = (node, path) => {
    if (!isObject(node) || path.length > MAX_DEPTH || found.size >= MAX_SCRUBBED) return;
    for (const [key, value] of Object.entries(node)) {
      if (key !== '') {
        walkMeta(value, path.concat(shorten(key, 200)));
        continue;
      }
      const remarks = arrayOf(objectOf(value).rem).filter((remark) => Array.isArray(remark) && text(remark[0]) !== '');
      found.set(path.join('.'), remarks.length > 0 ? remarks : [['removed or cut']]);
    }
  };
  const walk = (value, path) => {
    if (path.length > MAX_DEPTH || found.size >= MAX_SCRUBBED) return;
    if (typeof value === 'string') {
      if (FILTERED.test(value) && !found.has(path.join('.'))) found.set(path.join('.'), []);
    } else if (Array.isArray(value)) {
      value.forEach((entry, index) => walk(entry, path.concat(String(index))));
    } else if (isObject(value)) {
      for (const [key, entry] of Object.entries(value)) if (key !== '_meta' || path.length > 0) walk(entry, path.concat(shorten(key, 200)));
    }
  };
  walkMeta(objectOf(payload)._meta, []);
  walk(payload, []);
  return [...found].map(([path, remarks]) => ({ path, remarks }));
}

function scrubbedPart(payload) {
  const scrubbed = scrubbedOf(payload);
  if (scrubbed.length === 0) return null;
  const removals = scrubbed.reduce((sum, { remarks }) => sum + Math.max(1, remarks.length), 0);
  return el('section', { class: 'part scrubbed' }, el('details', null,
    el('summary', null, el('b', null, plural(removals, 'value') + ' scrubbed'), el('small', null, 'before it left the process')),
    rowsTable(['Where', 'Rule', 'What'], scrubbed.flatMap(({ path, remarks }) => {
      const where = () => el('code', { class: 'wrap' }, path || '(all)');
      if (remarks.length === 0) return [[where(), '', rich(valueAt(payload, path))]];
      return remarks.slice(0, 50).map(([rule, kind, from, to]) => [where(), el('code', null, text(rule)), remarkText(payload, path, kind, from, to)]);
    }))));
}

function remarkText(payload, path, kind, from, to) {
  const what = Object.hasOwn(REMARK_KINDS, text(kind)) ? REMARK_KINDS[kind] : '';
  const value = stringAt(payload, path);
  if (value === undefined || typeof from !== 'number' || typeof to !== 'number') return what;
  return [what, ': ', el('code', { class: 'wrap' }, rich(shorten(value.slice(from, to), 120)))];
}

function stringAt(payload, path) {
  let value = payload;
  for (const name of path.split('.')) value = value === null || typeof value !== 'object' ? undefined : value[name];
  return typeof value === 'string' ? value : undefined;
}

/** The value at a path; the marker if a name in the path contains a dot. */
function valueAt(payload, path) {
  const value = stringAt(payload, path);
  return value === undefined ? '[Filtered]' : shorten(value, 200);
}
`;
