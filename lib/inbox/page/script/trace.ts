/** The detail of a trace: a waterfall with errors at the spans where they occurred. */
export const TRACE_SCRIPT = String.raw`
const COLOURS = 6;
const KNOWN_COLOURS = { http: 0, function: 1, db: 2, queue: 3, cache: 4, middleware: 5 };

function colourOf(op) {
  const family = op.split('.')[0];
  if (Object.hasOwn(KNOWN_COLOURS, family)) return KNOWN_COLOURS[family];
  let sum = 0;
  for (const letter of family) sum += letter.codePointAt(0);
  return sum % COLOURS;
}

function traceNode(trace) {
  const placed = new Set();
  const errorsAt = (span) => trace.events.filter((event) => event.spanId === span.id).map((event) => (placed.add(event), event));
  const rows = trace.rows.slice(0, MAX_LISTED).map((row) => [row, errorsAt(row.span)]);
  const elsewhere = trace.events.filter((event) => !placed.has(event));
  return el('article', { class: 'trace' },
    el('header', { class: 'head' },
      el('p', { class: 'line' }, trace.op && badge('op', trace.op), trace.failed && badge('error', 'failed'), timeOf(trace.start, true)),
      el('h1', null, rich(trace.name)),
      chips([['duration', duration(trace.duration)], ['spans', trace.rows.length], ['errors', trace.events.filter((event) => event.view === 'errors').length], ['trace', trace.id]]),
      el('p', { class: 'line links' }, [...trace.items].slice(0, 8).map((item, index) =>
        link('raw', item.id, { class: 'button small' }, trace.items.size === 1 ? 'Raw JSON' : 'Raw JSON ' + (index + 1))), copyButton('Copy JSON', () => prettyJson([...trace.items].map((item) => item.payload))))),
    elsewhere.length > 0 && part('Errors and messages of this trace', '', el('ul', { class: 'marks' }, elsewhere.map((event) => el('li', null, eventMark(event))))),
    part('Waterfall', 'click a span to expand it', ruler(trace), el('ol', { class: 'waterfall' }, rows.map(([row, errors]) => guarded(() => spanRow(row, errors, trace)))),
      trace.rows.length > MAX_LISTED && el('p', { class: 'note' }, 'Only the first ' + MAX_LISTED + ' spans are shown.')));
}

function eventMark(event) {
  return link('event', event.id, { class: 'mark ' + event.level }, '\u25cf ', event.title, event.value && ': ' + shorten(event.value, 80));
}

function ruler(trace) {
  return el('div', { class: 'ruler', 'aria-hidden': 'true' }, [0, 0.25, 0.5, 0.75, 1].map((fraction) => el('span', null, fraction === 0 ? '0' : duration(trace.duration * fraction))));
}

function spanRow({ span, depth, children }, errors, trace) {
  const bar = el('i', { class: 'span c' + colourOf(span.op) + (span.failed ? ' bad' : '') });
  const whole = trace.duration || 1;
  const left = Math.min(Math.max((span.start - trace.start) / whole, 0), 1);
  bar.style.left = (left * 100).toFixed(3) + '%';
  bar.style.width = (Math.min((span.end - span.start) / whole, 1 - left) * 100).toFixed(3) + '%';
  const label = el('span', { class: 'label' }, span.op && el('code', null, span.op), el('span', { class: 'name', title: span.name }, rich(shorten(span.name, 300) || '(unnamed)')));
  label.style.paddingLeft = Math.min(depth, 12) * 14 + 'px';
  const length = duration(span.end - span.start);
  const own = Object.entries(span.data).filter(([name]) => !name.startsWith('sentry.'));
  const ofSdk = Object.entries(span.data).filter(([name]) => name.startsWith('sentry.'));
  const facts = { op: span.op, status: span.status, started: offset(span.start - trace.start), duration: length, span: span.id, parent: span.parent };
  return el('li', { class: span.failed ? 'bad' : '' },
    el('details', null,
      el('summary', { 'aria-label': [span.op, span.name, length, span.failed ? 'failed' : '', children ? plural(children, 'child', 'children') : ''].filter(Boolean).join(', ') },
        label, el('span', { class: 'track' }, bar), el('span', { class: 'length' }, length)),
      el('div', { class: 'facts' }, table(Object.entries(facts).filter(([, value]) => value !== '')), el('p', { class: 'string full' }, rich(shorten(span.name, MAX_SHOWN_LENGTH))), table(own),
        ofSdk.length > 0 && el('details', null, el('summary', { class: 'dim' }, plural(ofSdk.length, 'attribute') + ' set by the SDK'), table(ofSdk)))),
    errors.map((event) => { const mark = eventMark(event); mark.style.marginLeft = Math.min(depth, 12) * 14 + 'px'; return mark; }));
}
`;
