/** An item with the value in one place, and the type of the item. */
export interface Placed {
  type: string;
  item: Record<string, unknown>;
}

const event = (item: Record<string, unknown>): Placed => ({ type: 'event', item });
const frames = (frame: Record<string, unknown>): Placed =>
  event({
    exception: { values: [{ type: 'Error', value: 'x', stacktrace: { frames: [{ filename: 'a.ts', ...frame }] } }] },
  });

/** Every place where a text of the application or its users can stand. */
export const TEXT_PLACES: Record<string, (text: string) => Placed> = {
  message: (message) => event({ message }),
  logentry: (text) => event({ logentry: { message: text, formatted: text, params: [text] } }),
  exception: (value) => event({ exception: { values: [{ type: 'Error', value }] } }),
  mechanism: (text) =>
    event({ exception: { values: [{ type: 'Error', value: 'x', mechanism: { type: 'g', data: { text } } }] } }),
  extra: (text) => event({ extra: { text } }),
  list: (text) => event({ extra: { list: ['a', [text]] } }),
  context: (text) => event({ contexts: { shop: { text } } }),
  body: (data) => event({ request: { data } }),
  'body field': (note) => event({ request: { data: { note } } }),
  'body JSON': (note) => event({ request: { data: JSON.stringify({ note }) } }),
  'JSON in JSON': (note) => event({ request: { data: JSON.stringify({ inner: JSON.stringify({ note }) }) } }),
  'urlencoded body': (note) => event({ request: { data: `a=1&note=${encodeURIComponent(note)}&b=2` } }),
  multipart: (note) =>
    event({ request: { data: `--X\r\nContent-Disposition: form-data; name="note"\r\n\r\n${note}\r\n--X--\r\n` } }),
  query: (note) => event({ request: { query_string: `a=1&note=${encodeURIComponent(note)}` } }),
  'query pairs': (note) => event({ request: { query_string: [['note', note]] } }),
  header: (text) => event({ request: { headers: { 'x-note': text } } }),
  'header pairs': (text) => event({ request: { headers: [['x-note', text]] } }),
  breadcrumb: (message) => event({ breadcrumbs: [{ category: 'log', message, data: { arguments: [message] } }] }),
  span: (description) => ({
    type: 'transaction',
    item: { type: 'transaction', spans: [{ op: 'x', description, data: { note: description } }] },
  }),
  'trace data': (note) => event({ contexts: { trace: { data: { note } } } }),
  'streamed span': (note) => ({
    type: 'span',
    item: { items: [{ name: note, attributes: { note: { value: note, type: 'string' } } }] },
  }),
  log: (body) => ({
    type: 'log',
    item: { items: [{ level: 'info', body, attributes: { note: { value: body, type: 'string' } } }] },
  }),
  metric: (note) => ({
    type: 'trace_metric',
    item: { items: [{ name: 'm', value: 1, attributes: { note: { value: note, type: 'string' } } }] },
  }),
  'check-in': (note) => ({ type: 'check_in', item: { contexts: { job: { note } } } }),
  feedback: (message) => ({
    type: 'feedback',
    item: { contexts: { feedback: { message, url: 'https://a.example' } } },
  }),
  vars: (note) => frames({ vars: { note } }),
  tag: (text) => event({ tags: { text } }),
  attachment: (text) => ({ type: 'attachment', item: { text } }),
};

/** Every place where a name can stand beside its value. */
export const KEY_PLACES: Record<string, (key: string, value: unknown) => Placed> = {
  extra: (key, value) => event({ extra: { [key]: value } }),
  nested: (key, value) => event({ extra: { a: { b: [{ [key]: value }] } } }),
  map: (key, value) => event({ extra: { map: new Map([[key, value]]) } }),
  context: (key, value) => event({ contexts: { shop: { [key]: value } } }),
  body: (key, value) => event({ request: { data: { [key]: value } } }),
  'body JSON': (key, value) => event({ request: { data: JSON.stringify({ [key]: value }) } }),
  'JSON in JSON': (key, value) =>
    event({ extra: { hook: JSON.stringify({ payload: JSON.stringify({ [key]: value }) }) } }),
  'query object': (key, value) => event({ request: { query_string: { [key]: value } } }),
  'query pairs': (key, value) =>
    event({
      request: {
        query_string: [
          ['a', '1'],
          [key, value],
        ],
      },
    }),
  header: (key, value) => event({ request: { headers: { [key]: value } } }),
  'header pairs': (key, value) =>
    event({
      request: {
        headers: [
          [key, value],
          ['accept', '*/*'],
        ],
      },
    }),
  env: (key, value) => event({ request: { env: { [key]: value } } }),
  breadcrumb: (key, value) => event({ breadcrumbs: { values: [{ data: { [key]: value } }] } }),
  span: (key, value) => ({ type: 'transaction', item: { type: 'transaction', spans: [{ data: { [key]: value } }] } }),
  'streamed span': (key, value) => ({
    type: 'span',
    item: { items: [{ name: 'x', attributes: { [key]: { value, type: 'string' } } }] },
  }),
  log: (key, value) => ({
    type: 'log',
    item: { items: [{ body: 'x', attributes: { [key]: { value, type: 'string' } } }] },
  }),
  metric: (key, value) => ({
    type: 'trace_metric',
    item: { items: [{ name: 'x', attributes: { [key]: { value, type: 'string' } } }] },
  }),
  'check-in': (key, value) => ({ type: 'check_in', item: { contexts: { job: { [key]: value } } } }),
  vars: (key, value) => frames({ vars: { [key]: value } }),
  'error property': (key, value) => event({ contexts: { Error: { [key]: value } } }),
  'user data': (key, value) => event({ user: { id: '1', data: { [key]: value } } }),
  'response body': (key, value) => event({ contexts: { response: { data: { [key]: value } } } }),
};
