/** TypeScript for stack frames: what the inbox finds in the project's files. */
export const SOURCES_SCRIPT = String.raw`
const NO_SOURCES = { project: null, exceptions: [] };

/** Asks the inbox once per event; resolves without sources if it cannot answer. */
const sourcesOf = (() => {
  const known = new WeakMap();
  const load = async (item) => {
    const answer = await fetch('/api/sources/' + encodeURIComponent(item.id));
    const found = answer.ok ? await answer.json() : NO_SOURCES;
    return Array.isArray(objectOf(found).exceptions) ? found : NO_SOURCES;
  };
  return (item) => {
    if (!known.has(item)) known.set(item, load(item).catch(() => NO_SOURCES));
    return known.get(item);
  };
})();

/** A frame with its source: { frame, source, own, from }. */
function placedFrame(frame, source) {
  const path = text(frame.abs_path || frame.filename);
  const known = objectOf(source);
  const packages = [...path.matchAll(/(?:^|[\\/])node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/g)];
  let from = packages.length > 0 ? packages[packages.length - 1][1].replace('\\', '/') : '';
  if (known.library === true) from = 'nestjs-error-tracker';
  else if (from === '' && /^(?:node:|internal\/)/.test(path)) from = 'Node.js';
  return { frame, source: known, from, own: from === '' && frame.in_app !== false };
}

/** A frame as it is shown: of its source if that is known. */
function shownFrame({ frame, source }) {
  return typeof source.filename === 'string' ? { ...frame, ...source, compiled: placeText(frame) } : frame;
}

function placeText(frame) {
  return [text(frame.filename || frame.abs_path || frame.module), frame.lineno, frame.colno].filter((piece) => piece !== undefined && piece !== null && piece !== '').map(text).join(':');
}
`;
