/** Where secrets stand in Sentry's events, for the libraries that are told paths. */
import { SPELLED_NAMES } from './shared-rules.mjs';

const FRAMES = ['exception.values[*].stacktrace.frames[*]', 'threads.values[*].stacktrace.frames[*]'];

/** Fields that hold text. */
export const TEXT_PATHS = [
  'message',
  'logentry.message',
  'logentry.formatted',
  'transaction',
  'body',
  'request.url',
  'request.query_string',
  'request.fragment',
  'request.data',
  'request.cookies',
];

/** Objects that stand in one place: each of their fields. */
export const KEYED_PLACES = [
  'request.headers.*',
  'request.env.*',
  'request.data.*',
  'request.cookies.*',
  'request.query_string.*',
  'user.*',
  'user.data.*',
  'tags.*',
  'extra.*',
  'contexts.response.headers.*',
  'contexts.response.cookies.*',
  'contexts.response.data.*',
  'contexts.trace.data.*',
  'logentry.params.*',
  'sdk.client_ip',
];

/** Objects of which there are many, or that stand deeper. */
const REPEATED = [
  'breadcrumbs[*].data',
  'breadcrumbs.values[*].data',
  'spans[*].data',
  ...FRAMES.map((frame) => `${frame}.vars`),
];
const DEEPER = ['extra.*', 'extra.*.*', 'contexts.*', 'contexts.*.*', 'request.data.*', 'request.data.*.*'];
const REPEATED_TEXTS = [
  'exception.values[*].value',
  'breadcrumbs[*].message',
  'breadcrumbs.values[*].message',
  'spans[*].description',
];

export const REPEATED_PLACES = [...REPEATED_TEXTS, ...REPEATED.map((place) => `${place}.*`)];

export const NESTED_PLACES = [
  ...REPEATED_PLACES,
  ...REPEATED.map((place) => `${place}.*.*`),
  ...DEEPER.map((place) => `${place}.*`),
  'attributes.*.*',
];

/** The same for a library that wants the last name of a path: those of secrets, and of fields that hold text. */
const TEXT_NAMES = ['url', 'url.full', 'http.url', 'http.query', 'query', 'db.statement', 'message', 'value'];
const field = (place, name) => `${place}["${name}"]`;

export const NAMED_PATHS = [
  ...REPEATED_TEXTS,
  ...[...REPEATED, ...DEEPER].flatMap((place) => [...SPELLED_NAMES, ...TEXT_NAMES].map((name) => field(place, name))),
  ...SPELLED_NAMES.map((name) => field('attributes', name)),
];
