import type { Plant } from '../apps/leaks/plant';
import { record } from '../apps/leaks/plant';

type Send = (url: string, plant: Plant) => Promise<unknown>;

const post = (path: string, type: string, body: (plant: Plant) => string): Send => {
  return (url, plant) =>
    fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': type }, body: body(plant) });
};
const get = (path: string | ((plant: Plant) => string), headers: (plant: Plant) => Record<string, string>): Send => {
  return (url, plant) => fetch(url + (typeof path === 'string' ? path : path(plant)), { headers: headers(plant) });
};

const form = (plant: Plant) => new URLSearchParams(record(plant)).toString();
const none = () => ({});
const encoded = ({ text }: Plant) => encodeURIComponent(text);

const BOUNDARY = 'a-boundary-of-the-tests';
const multipart = (plant: Plant) =>
  [
    ...Object.entries(record(plant)).map(([name, value]) => `name="${name}"\r\n\r\n${value}`),
    `name="file"; filename="order.txt"\r\ncontent-type: text/plain\r\n\r\n${plant.text}`,
  ]
    .map((part) => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${part}\r\n`)
    .join('') + `--${BOUNDARY}--\r\n`;

const VARIABLES = 'query ($note: String!, $password: String!, $remark: String!)';
const login = ([note, password, remark]: string[]) =>
  `{ login(note: ${note}, password: ${password}, remark: ${remark}) }`;

/** Requests that bring the plant in, by the name of the entrance. */
export const requests: Partial<Record<string, Send>> = {
  'body as JSON': post('/leaks/body', 'application/json', (plant) =>
    JSON.stringify({ ...record(plant), order: { lines: [record(plant)] }, inner: JSON.stringify(record(plant)) }),
  ),
  'body as text': post('/leaks/body', 'text/plain', ({ key, word, text }) => `${text}\n${key}: ${word}\n`),
  'urlencoded body': post('/leaks/body', 'application/x-www-form-urlencoded', form),
  'multipart body': post('/leaks/multipart', `multipart/form-data; boundary=${BOUNDARY}`, multipart),
  query: get((plant) => `/leaks/query?${form(plant)}`, none),
  path: get((plant) => `/leaks/path/${encoded(plant)}`, none),
  'path without a route': get(
    (plant) => `/nowhere/${encoded(plant)}`,
    () => ({ 'x-fail': 'yes' }),
  ),
  header: get('/leaks/header', ({ mark, key, word, text }) => ({
    'x-note': mark,
    [`x-${key}`]: word,
    'x-remark': text,
  })),
  cookie: get('/leaks/cookie', (plant) => ({
    cookie: `note=${plant.mark}; ${plant.key}=${plant.word}; remark=${encoded(plant)}`,
  })),
  'envelope header': get('/leaks/trace', ({ mark, key, word, text }) => {
    const trace = '0123456789abcdef0123456789abcdef';
    const facts = {
      trace_id: trace,
      public_key: 'key',
      note: mark,
      [key]: word,
      transaction: text,
      user_segment: text,
    };
    return {
      'sentry-trace': `${trace}-0123456789abcdef-1`,
      baggage: Object.entries(facts)
        .map(([name, value]) => `sentry-${name}=${encodeURIComponent(value)}`)
        .join(','),
    };
  }),
  'GraphQL variable': post('/graphql', 'application/json', ({ mark, word, text }) =>
    JSON.stringify({
      query: `${VARIABLES} ${login(['$note', '$password', '$remark'])}`,
      variables: { note: mark, password: word, remark: text },
    }),
  ),
  'GraphQL literal': post('/graphql', 'application/json', ({ mark, word, text }) =>
    JSON.stringify({ query: login([mark, word, text].map((value) => JSON.stringify(value))) }),
  ),
};
