/** Shows exceptions: the thrown one first, then its causes; library frames are collapsed. */
export const STACK_SCRIPT = String.raw`
function exceptionNodes(payload) {
  const thrownFirst = exceptionsOf(payload).slice().reverse();
  return firstOf(thrownFirst, (exception, index) => {
    const mechanism = objectOf(exception.mechanism);
    return el('article', { class: 'exception' },
      index > 0 && el('p', { class: 'cause' }, mechanism.source && mechanism.source !== 'cause' ? 'one of ' + text(mechanism.source) : 'caused by'),
      el('h3', null, el('b', null, text(exception.type) || 'Error'), exception.module && el('small', null, text(exception.module))),
      exception.value !== undefined && exception.value !== null && el('p', { class: 'value' }, rich(text(exception.value))),
      frameNodes(arrayOf(objectOf(exception.stacktrace).frames).filter(isObject).slice().reverse(), index === 0));
  });
}

/** The throwing frame comes first. Consecutive library frames are collapsed into one line. */
function frameNodes(frames, opened) {
  if (frames.length === 0) return el('p', { class: 'note' }, 'No stack trace.');
  const anyOwn = frames.some((frame) => frame.in_app);
  const list = el('ol', { class: 'frames' });
  let toOpen = opened;
  let folded = [];
  const unfold = () => {
    if (folded.length === 0) return;
    const inner = el('ol', { class: 'frames' }, firstOf(folded, (frame) => frameNode(frame, false)));
    list.append(el('li', { class: 'folded' }, el('details', null, el('summary', null, plural(folded.length, 'library frame')), inner)));
    folded = [];
  };
  for (const frame of frames.slice(0, MAX_LISTED)) {
    if (anyOwn && !frame.in_app) {
      folded.push(frame);
      continue;
    }
    unfold();
    list.append(frameNode(frame, toOpen));
    toOpen = false;
  }
  unfold();
  append(list, [moreOf(frames)]);
  return list;
}

function frameNode(frame, opened) {
  const location = [text(frame.filename || frame.abs_path || frame.module), frame.lineno, frame.colno].filter((piece) => piece !== undefined && piece !== '').map(text).join(':');
  const head = [el('code', { class: 'function' }, text(frame.function) || '?'), el('span', { class: 'place' }, location)];
  const source = sourceNode(frame);
  const variables = Object.entries(objectOf(frame.vars));
  const kind = frame.in_app ? 'frame own' : 'frame';
  if (!source && variables.length === 0) return el('li', { class: kind + ' bare' }, head);
  return el('li', { class: kind },
    el('details', { open: opened }, el('summary', null, head), source,
      variables.length > 0 && el('div', { class: 'variables' }, el('h4', null, 'Local variables'), table(variables))));
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
