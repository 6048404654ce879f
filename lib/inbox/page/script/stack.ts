/** Shows exceptions: the thrown one first, then its causes; frames of libraries and of Node.js are folded. */
export const STACK_SCRIPT = String.raw`
/** Drawn as sent; drawn again with the sources once the inbox has found some. */
function exceptionPart(summary) {
  if (exceptionsOf(summary.payload).length === 0) return null;
  const holder = el('div', { class: 'exceptions' });
  const fill = (found) => {
    holder.replaceChildren();
    append(holder, [exceptionNodes(summary.payload, found.exceptions), sourceHint(summary.payload, found)]);
  };
  fill({ exceptions: [] });
  sourcesOf(summary.item).then((found) => guarded(() => fill(found)));
  return part(summary.view === 'errors' ? 'Exception' : 'Stack', exceptionsOf(summary.payload).length > 1 ? 'thrown error first, then its causes' : '', holder);
}

function exceptionNodes(payload, sources) {
  const all = exceptionsOf(payload).map((exception, index) => [exception, arrayOf(sources[index])]);
  return firstOf(all.reverse(), ([exception, found], index) => {
    const mechanism = objectOf(exception.mechanism);
    const frames = arrayOf(objectOf(exception.stacktrace).frames).map((frame, at) => isObject(frame) && placedFrame(frame, found[at])).filter(Boolean);
    return el('article', { class: 'exception' },
      index > 0 && el('p', { class: 'cause' }, mechanism.source && mechanism.source !== 'cause' ? 'one of ' + text(mechanism.source) : 'caused by'),
      el('h3', null, el('b', null, text(exception.type) || text(payload.message) || 'Error'), exception.module && el('small', null, text(exception.module))),
      exception.value !== undefined && exception.value !== null && el('p', { class: 'value' }, rich(text(exception.value))),
      frameNodes(frames.reverse(), index === 0));
  });
}

/** The throwing frame comes first. Consecutive frames of others are folded into one line. */
function frameNodes(frames, opened) {
  if (frames.length === 0) return el('p', { class: 'note' }, 'No stack trace.');
  const anyOwn = frames.some((placed) => placed.own);
  const list = el('ol', { class: 'frames' });
  let toOpen = opened;
  let folded = [];
  const fold = () => {
    if (folded.length === 0) return;
    const inner = el('ol', { class: 'frames' }, firstOf(folded, (placed) => frameNode(placed, false)));
    list.append(el('li', { class: 'folded' }, el('details', null, el('summary', null, foldedLabel(folded)), inner)));
    folded = [];
  };
  for (const placed of frames.slice(0, MAX_LISTED)) {
    if (anyOwn && !placed.own) {
      folded.push(placed);
      continue;
    }
    fold();
    list.append(frameNode(placed, toOpen));
    toOpen = false;
  }
  fold();
  append(list, [moreOf(frames)]);
  return list;
}

function foldedLabel(folded) {
  const names = [...new Set(folded.map((placed) => placed.from).filter(Boolean))];
  const shown = names.slice(0, 3).map((name) => shorten(name, 60)).join(', ') + (names.length > 3 ? ' and ' + plural(names.length - 3, 'other') : '');
  return plural(folded.length, 'frame') + ' of ' + (shown || 'libraries');
}

function frameNode(placed, opened) {
  const shown = shownFrame(placed);
  const head = [el('code', { class: 'function' }, text(shown.function) || '?'), el('span', { class: 'place', title: text(placed.frame.abs_path || placed.frame.filename) }, placeText(shown))];
  const source = sourceNode(shown);
  const variables = Object.entries(objectOf(shown.vars));
  const kind = placed.own ? 'frame own' : 'frame';
  const notes = [
    shown.compiled !== undefined && shown.compiled !== placeText(shown) && !shown.compiled.endsWith(placeText(shown)) && 'ran as ' + shown.compiled,
    placed.source.changed === 'compiled' && 'The file has changed since this event, so this is the code as it was sent.',
    placed.source.changed === 'source' && 'The source was edited after it was compiled: lines may have moved.',
  ].filter(Boolean);
  if (!source && variables.length === 0 && notes.length === 0) return el('li', { class: kind + ' bare' }, head);
  return el('li', { class: kind },
    el('details', { open: opened }, el('summary', null, head), source,
      notes.map((note) => el('p', { class: 'frame-note' }, note)),
      variables.length > 0 && el('div', { class: 'variables' }, el('h4', null, 'Local variables'), table(variables))));
}

function sourceHint(payload, { project }) {
  if (project !== null) return null;
  const compiled = exceptionsOf(payload).some((exception) => arrayOf(objectOf(exception.stacktrace).frames).some((frame) => isObject(frame) && placedFrame(frame).own && /^(?:\/|[A-Za-z]:\\).*\.[cm]?js$/.test(text(frame.filename))));
  return compiled && el('p', { class: 'note hint' }, 'This is compiled code. Start the inbox in the folder of the project, or with --project <folder>, to see the source.');
}

function sourceNode(frame) {
  if (typeof frame.context_line !== 'string') return null;
  const before = arrayOf(frame.pre_context);
  const line = typeof frame.lineno === 'number' ? frame.lineno : NaN;
  const lines = before.concat([frame.context_line], arrayOf(frame.post_context));
  return el('pre', { class: 'source', tabindex: '0', 'aria-label': 'Source' }, firstOf(lines, (code, index) =>
    el('span', { class: index === before.length ? 'line hit' : 'line' },
      el('i', null, Number.isNaN(line) ? '' : line - before.length + index), el('span', null, rich(text(code))), '\n')));
}
`;
