/** The detail of an error or a message. */
export const EVENT_SCRIPT = String.raw`
function eventNode(summary) {
  const payload = summary.payload;
  const contexts = objectOf(payload.contexts);
  return el('article', { class: 'event' },
    guarded(() => eventHead(summary)),
    guarded(() => scrubbedPart(payload)),
    guarded(() => relayPart(summary.item)),
    guarded(() => part('Operation', isObject(contexts.operation) && Array.isArray(contexts.operation.chain) && 'unfinished operations, outermost first', operationNode(contexts.operation, summary))),
    guarded(() => exceptionPart(summary)),
    guarded(() => part('Breadcrumbs', 'times relative to the event', breadcrumbsNode(payload, summary.at))),
    guarded(() => part('Tags', '', tagChips(pairsOf(payload.tags)))),
    guarded(() => part('User', '', tableOf(payload.user), userSearch(payload.user))),
    guarded(() => requestPart(payload.request)),
    guarded(() => part('Extra', '', tableOf(payload.extra))),
    Object.entries(contexts).filter(([name]) => name !== 'operation' && !SDK_CONTEXTS.has(name)).slice(0, MAX_LISTED).map(([name, value]) =>
      guarded(() => part(name, 'context', contextNode(value)))),
    guarded(() => part('Environment', 'detected by the SDK', Object.entries(contexts).filter(([name]) => SDK_CONTEXTS.has(name)).map(([name, value]) => foldedContext(name, value)))),
    guarded(() => attachmentsPart(summary)),
    guarded(() => part('Sent by', '', table(Object.entries({
      sdk: [objectOf(payload.sdk).name, objectOf(payload.sdk).version].filter(Boolean).map(text).join(' '),
      server_name: payload.server_name, platform: payload.platform, dist: payload.dist, logger: payload.logger,
    }).filter(([, value]) => value !== undefined && value !== '')))));
}

function eventHead(summary) {
  const payload = summary.payload;
  const thrown = exceptionsOf(payload).pop();
  const handled = thrown && objectOf(thrown.mechanism).handled;
  const group = inbox.groupOf(summary);
  const index = group.indexOf(summary);
  const trace = summary.traceId && inbox.traces().some((one) => one.id === summary.traceId);
  return el('header', { class: 'head' },
    el('p', { class: 'line' }, badge(summary.level), summary.transaction && el('code', null, summary.transaction),
      handled === false && badge('unhandled'), timeOf(summary.at, true)),
    el('h1', null, rich(summary.title)),
    summary.value && el('p', { class: 'value' }, rich(summary.value)),
    chips(Object.entries({ environment: payload.environment, release: payload.release, event: summary.id }).filter(([, value]) => value)),
    issueLine(group),
    el('p', { class: 'line links' },
      trace ? link('trace', summary.traceId, { class: 'button small' }, 'Show trace') : summary.traceId && el('span', { class: 'dim' }, 'trace ' + summary.traceId),
      link('raw', summary.item.id, { class: 'button small' }, 'Raw JSON'), copyJsonButton(summary.item), copyCurlButtons(summary.item),
      group.length > 1 && el('span', { class: 'steps' },
        index < group.length - 1 ? link('event', group[index + 1].id, { class: 'button small', 'aria-label': 'Older occurrence' }, '\u2190 older') : null,
        el('span', { class: 'dim' }, 'occurrence ' + (group.length - index) + ' of ' + group.length),
        index > 0 ? link('event', group[index - 1].id, { class: 'button small', 'aria-label': 'Newer occurrence' }, 'newer \u2192') : null)));
}

/** How often the issue has happened, when, and to how many users. */
function issueLine(group) {
  const [newest, oldest] = [group[0], group[group.length - 1]];
  const users = new Set(group.map((event) => text(userValues(event.payload.user)[0])).filter(Boolean)).size;
  return el('p', { class: 'line issue' },
    timelineNode(group.map((event) => event.at), newest.view === 'errors' ? 'bad' : ''),
    el('span', { class: 'dim' }, plural(group.length, 'event') + ', ' + plural(users, 'user') + ', first ' + ago(oldest.at) + (group.length > 1 ? ', last ' + ago(newest.at) : '')));
}

/** Tags, each of which searches for events that have it too. */
function tagChips(pairs) {
  if (pairs.length === 0) return null;
  return el('ul', { class: 'chips' }, firstOf(pairs, ([name, value]) =>
    el('li', null, el('button', { type: 'button', class: 'chip', title: 'Search for this tag', onclick: () => searchFor(name, text(value)) }, el('b', null, name), el('span', null, rich(text(value)))))));
}

function userSearch(user) {
  const [value] = userValues(user);
  return value !== undefined && el('p', { class: 'line links below' }, el('button', { type: 'button', class: 'button small', onclick: () => searchFor('user', text(value)) }, 'Search for this user'));
}

function operationNode(operation, summary) {
  if (operation === undefined || operation === null) return null;
  const chain = arrayOf(objectOf(operation).chain).filter(isObject);
  if (chain.length === 0) return tableOf(operation);
  const rest = Object.entries(operation).filter(([name]) => name !== 'chain' && name !== 'name' && name !== 'type');
  return [
    el('ol', { class: 'chain' }, firstOf(chain, (step, index) => {
      const started = seconds(step.startedAt);
      const more = Object.entries(step).filter(([name]) => !['name', 'op', 'data', 'startedAt'].includes(name));
      return el('li', { class: index === chain.length - 1 ? 'failed' : '' },
        el('p', { class: 'line' }, el('b', null, text(step.name) || '(unnamed)'), step.op && el('code', null, text(step.op)),
          Number.isFinite(started) && el('span', { class: 'dim', title: clock(started, true) }, 'started ' + offset(started - summary.at)),
          index === chain.length - 1 && badge('error', exceptionsOf(summary.payload).length > 0 ? 'failed here' : 'here')),
        isObject(step.data) ? table(Object.entries(step.data)) : step.data !== undefined && valueNode(step.data), table(more));
    })),
    table(rest),
  ];
}

function breadcrumbsNode(payload, at) {
  const crumbs = valuesOf(payload.breadcrumbs);
  if (crumbs.length === 0) return null;
  return el('ol', { class: 'crumbs' }, firstOf(crumbs, (crumb) => {
    const level = LEVELS.has(crumb.level) ? crumb.level : 'info';
    const when = seconds(crumb.timestamp);
    const data = Object.entries(objectOf(crumb.data));
    return el('li', { class: level },
      el('span', { class: 'when', title: clock(when, true) }, offset(when - at)),
      el('div', null,
        el('p', { class: 'line' }, el('code', null, text(crumb.category || crumb.type) || 'default'), level !== 'info' && badge(level),
          el('span', { class: 'string' }, rich(shorten(text(crumb.message), 2000)))),
        table(data)));
  }));
}

function requestPart(request) {
  if (!isObject(request)) return null;
  const { method, url, headers, query_string: query, data, cookies, env } = request;
  const inner = (title, value) => {
    const node = value === undefined || value === null || value === '' ? null : tableOf(value);
    return node && el('div', { class: 'inner' }, el('h3', null, title), node);
  };
  return part('Request', '',
    (method || url) && el('p', { class: 'line' }, method && badge('method', text(method)), el('code', { class: 'wrap' }, rich(text(url)))),
    inner('Query', query), inner('Headers', headers), inner('Body', data), inner('Cookies', cookies), inner('Environment', env));
}

const SDK_CONTEXTS = new Set(['trace', 'app', 'device', 'os', 'runtime', 'culture', 'cloud_resource', 'otel', 'modules']);

function contextNode(value) {
  return isObject(value) ? table(Object.entries(value).filter(([key]) => key !== 'type')) : tableOf(value);
}

function foldedContext(name, value) {
  const shown = contextNode(value);
  return shown && el('details', { class: 'folded-context' }, el('summary', null, name), shown);
}

function attachmentsPart(summary) {
  const attachments = inbox.items().filter((item) => item.type === 'attachment' && objectOf(item.payload).eventId === summary.id);
  return part('Attachments', '', attachments.map((item) =>
    el('details', { class: 'attachment' }, el('summary', null, el('b', null, text(item.payload.filename)), el('small', null, bytes(item.payload.size))),
      attachmentNode(item.payload))));
}

function attachmentNode(payload) {
  if (typeof payload.text === 'string') return el('pre', { class: 'json' }, rich(shorten(payload.text, MAX_SHOWN_LENGTH)));
  return el('p', { class: 'note' }, 'Binary, ' + bytes(payload.size) + '. See the raw JSON for its base64.');
}
`;
