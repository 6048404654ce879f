/** Which list and which detail an address shows. */
export const ROUTES_SCRIPT = String.raw`
/** #/event/<id>, #/trace/<id>, #/job/<name>, #/monitor/<key>, #/item/<id>, #/raw/<id>, or a view. */
function routeOf(hash) {
  const [kind = '', id = ''] = hash.replace(/^#\/?/, '').split('/');
  let decoded = id;
  try {
    decoded = decodeURIComponent(id);
  } catch (error) {
    decoded = id; // invalid encoding: no item has this id
  }
  return { kind, id: decoded };
}

/** Resolves a route to the view of the list, the selected id, and a function that draws the detail. */
function resolve({ kind, id }) {
  if (kind === 'delivery') return { view: kind, selected: '', sign: kind + loaded + inbox.items().length, draw: () => deliveryNode() };
  if (VIEWS.some(([name]) => name === kind)) return { view: kind, selected: '', sign: kind + loaded + (inbox.items().length > 0), draw: () => emptyNode() };
  if (kind === 'event') {
    const event = inbox.event(id);
    const about = event && [inbox.groupOf(event).length, inbox.traces().some((trace) => trace.id === event.traceId)];
    return event ? { view: event.view, selected: event.id, sign: event.item.id + about, draw: () => eventNode(event) } : missing('errors');
  }
  if (kind === 'trace') {
    const trace = inbox.traces().find((one) => one.id === id);
    return trace ? { view: 'traces', selected: id, sign: id + [trace.spans.length, trace.events.length], draw: () => traceNode(trace) } : missing('traces');
  }
  if (kind === 'job' || kind === 'monitor') {
    const found = kind === 'job' ? inbox.jobs().find((job) => job.name === id) : inbox.monitors().find((monitor) => monitor.key === id);
    const runs = found && (kind === 'job' ? found.runs : runsOf(found));
    const sign = runs && [runs.length, ...runs.slice(0, 20).map((run) => run.status || run.failed)].join();
    return found ? { view: 'jobs', selected: id, sign: kind + id + sign, draw: () => (kind === 'job' ? jobNode(found) : monitorNode(found)) } : missing('jobs');
  }
  if (kind === 'item' || kind === 'raw') {
    const item = inbox.item(id);
    if (!item) return missing('other');
    const event = item.type === 'event' ? inbox.event(id) : undefined;
    const view = event ? event.view : item.type === 'transaction' || item.type === 'span' ? 'traces' : item.type === 'alert' ? 'alerts' : 'other';
    return { view, selected: event ? event.id : id, sign: kind + id, draw: () => (kind === 'raw' ? rawNode(item) : otherNode(item)) };
  }
  return { view: 'errors', selected: '', sign: 'start' + loaded + (inbox.items().length > 0), draw: () => emptyNode() };
}

function missing(view) {
  return {
    view, selected: '', sign: 'missing' + loaded,
    draw: () => el('div', { class: 'empty' }, el('h1', null, loaded ? 'No longer in the inbox' : 'Loading'),
      loaded && el('p', null, 'It was cleared or replaced by newer items. The inbox keeps the last ' + document.querySelector('meta[name=inbox-limit]').content + '.')),
  };
}
`;
