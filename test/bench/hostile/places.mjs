// Where an application puts a value. `library` is this library, `plain` is @sentry/nestjs alone.
const traced = (Sentry, run) => Sentry.startSpan({ name: 'work', op: 'test', forceTransaction: true }, run);
const fail = (Sentry) => Sentry.captureException(new Error('failure'));

/** @typedef {{ Sentry: any, tracker?: any, deliver?: (value: unknown) => Promise<unknown>, Logger: any }} Tools */
/** @type {Record<string, { library?: (value: any, tools: any) => unknown, plain?: (value: any, tools: any) => unknown }>} */
export const places = {
  thrown: {
    library: (value, { tracker }) => tracker.captureException(value),
    plain: (value, { Sentry }) => Sentry.captureException(value),
  },
  'captured directly': { library: (value, { Sentry }) => Sentry.captureException(value) },
  'an unhandled rejection': both((value) => void Promise.reject(value)),
  'the message of an error': both((value, { Sentry }) => {
    const error = new Error(typeof value === 'string' ? value : 'failure');
    if (typeof value !== 'string') error.message = value;
    Sentry.captureException(error);
  }),
  'the cause of an error': both((value, { Sentry }) => Sentry.captureException(new Error('failure', { cause: value }))),
  'the errors of an aggregate': both((value, { Sentry }) =>
    Sentry.captureException(Object.assign(new AggregateError([], 'failures'), { errors: value })),
  ),
  'a property of an error': both((value, { Sentry }) =>
    Sentry.captureException(Object.assign(new Error('failure'), { details: value })),
  ),
  extra: both((value, { Sentry }) => {
    Sentry.setExtra('value', value);
    fail(Sentry);
  }),
  extras: both((value, { Sentry }) => {
    Sentry.setExtras(value);
    fail(Sentry);
  }),
  'a context': {
    library: (value, { Sentry, tracker }) => {
      tracker.setContext('value', value);
      fail(Sentry);
    },
    plain: (value, { Sentry }) => {
      Sentry.setContext('value', value);
      fail(Sentry);
    },
  },
  'inside a context': both((value, { Sentry }) => {
    Sentry.setContext('value', { value });
    fail(Sentry);
  }),
  'the user': {
    library: (value, { Sentry, tracker }) => {
      tracker.setUser(value);
      fail(Sentry);
    },
    plain: (value, { Sentry }) => {
      Sentry.setUser(value);
      fail(Sentry);
    },
  },
  'a field of the user': both((value, { Sentry }) => {
    Sentry.setUser({ id: 1, value });
    fail(Sentry);
  }),
  'a tag': both((value, { Sentry }) => {
    Sentry.setTag('value', value);
    fail(Sentry);
  }),
  tags: both((value, { Sentry }) => {
    Sentry.setTags(value);
    fail(Sentry);
  }),
  'the context of a capture': both((value, { Sentry }) =>
    Sentry.captureException(new Error('failure'), { extra: { value }, contexts: { value: { value } } }),
  ),
  'an own event': both((value, { Sentry }) =>
    Sentry.captureEvent({ message: 'own', extra: { value }, request: { data: value } }),
  ),
  'the data of a breadcrumb': {
    library: (value, { Sentry, tracker }) => {
      for (let round = 0; round < 3; round++) tracker.addBreadcrumb('test', 'value', value);
      fail(Sentry);
    },
    plain: (value, { Sentry }) => {
      for (let round = 0; round < 3; round++) Sentry.addBreadcrumb({ category: 'test', message: 'value', data: value });
      fail(Sentry);
    },
  },
  'the data of an operation': {
    library: (value, { Sentry, tracker }) =>
      tracker.track({ name: 'work', data: () => ({ value }) }, () => fail(Sentry)),
  },
  'the result of an operation': {
    library: (value, { Sentry, tracker }) => {
      tracker.track({ name: 'work', result: () => value }, () => 'done');
      fail(Sentry);
    },
  },
  'an attribute of a traced operation': {
    library: (value, { tracker }) => tracker.track({ name: 'work', root: true, data: () => ({ value }) }, () => 'done'),
    plain: (value, { Sentry }) => traced(Sentry, (span) => span.setAttribute('value', value)),
  },
  'a business event': { library: (value, { Sentry, tracker }) => (tracker.recordEvent('sold', value), fail(Sentry)) },
  'the data of a domain error': {
    library: (value, { tracker }) => tracker.captureDomainError('payment', new Error('failure'), { value }),
  },
  'the data of slow work': {
    library: (value, { tracker }) => tracker.reportSlow('work', { duration: 10, data: { value } }),
  },
  'an argument of console.debug': both((value, { Sentry }) => {
    console.debug('value', value);
    fail(Sentry);
  }),
  "an argument of Nest's logger": both((value, { Sentry, Logger }) => {
    new Logger('Test').error('value', value);
    fail(Sentry);
  }),
  'a log': both((value, { Sentry }) => Sentry.logger.info('value', { value })),
  'the payload of a message': both((value, { deliver }) => deliver(value)),
  'a message': both((_value, { Sentry }) => Sentry.captureMessage(text)),
  'a whole request': both((value, { Sentry }) => {
    const request = { headers: texts, cookies: texts, query_string: texts, data: value, url: text };
    Sentry.captureEvent({ message: 'own', request, transaction: text, user: texts });
  }),
  'headers, cookies and a query as texts': both((_value, { Sentry }) => {
    const part = text.slice(0, 60_000);
    const headers = { cookie: part, authorization: part, referer: part, 'x-text': part, 'user-agent': part };
    const request = {
      headers,
      cookies: part,
      query_string: part,
      data: part,
      url: `https://a.example/${part}?${part}`,
    };
    Sentry.captureEvent({ message: part, request, tags: { part }, extra: { part }, fingerprint: [part] });
  }),
  'frames of a stack': both((value, { Sentry }) => {
    const lines = Object.values(texts);
    const frames = Array.from({ length: 50 }, (_, at) => ({
      filename: lines[at % lines.length],
      function: lines[at % lines.length],
      context_line: lines[at % lines.length],
      pre_context: lines.slice(0, 5),
      post_context: lines.slice(0, 5),
      vars: { value },
    }));
    Sentry.captureEvent({ exception: { values: [{ type: 'Error', value: 'own', stacktrace: { frames } }] } });
  }),
  'a hundred breadcrumbs': both((value, { Sentry }) => {
    for (let at = 0; at < 100; at++)
      Sentry.addBreadcrumb({ category: 'test', message: `${at} ${text}`, data: { at, value } });
    fail(Sentry);
  }),
  'everything at once': both((value, { Sentry, tracker }) => {
    Sentry.setUser({ id: 1, value });
    Sentry.setTag('value', text);
    Sentry.setExtra('value', value);
    Sentry.setContext('value', { value });
    for (let at = 0; at < 20; at++)
      Sentry.addBreadcrumb({ category: 'test', message: `${at} ${text}`, data: { at, value } });
    const error = Object.assign(new Error(text, { cause: value }), { details: value });
    (tracker ?? Sentry).captureException(error, { extra: { value } });
  }),
  'a hundred traced spans': both((value, { Sentry }) =>
    traced(Sentry, () => {
      for (let at = 0; at < 100; at++)
        Sentry.startSpan({ name: text, attributes: { at, value, text: text } }, () => 'done');
    }),
  ),
  'a hundred logs': both((value, { Sentry }) => {
    for (let at = 0; at < 100; at++) Sentry.logger.info(`${at} ${text}`, { value });
  }),
  'a hundred metrics': both((value, { Sentry }) => {
    for (let at = 0; at < 100; at++) Sentry.metrics.count('sold', 1, { attributes: { at, value, text: text } });
  }),
  feedback: both((_value, { Sentry }) =>
    Sentry.captureFeedback({ message: text, name: text.slice(0, 9000), email: 'a@b.example' }),
  ),
  'an attachment': both((value, { Sentry }) => {
    const data = value instanceof Uint8Array ? value : text;
    Sentry.captureException(new Error('failure'), { attachments: [{ filename: 'a.txt', data }] });
  }),
};

/** What the value itself holds, looked up before the time is taken: listing its keys may take long. */
let texts = { only: 'none' };
let text = 'no text';

export function lookUpTexts(value) {
  text = firstText(value) ?? 'no text';
  texts = {};
  let count = 0;
  try {
    if (typeof value === 'object' && !(value instanceof Error)) {
      for (const key in value) {
        if (count++ === 1000) break;
        texts[key] = typeof value[key] === 'string' ? value[key] : text;
      }
    }
  } catch {
    // a proxy or a getter that throws
  }
  if (count === 0) texts = { only: text };
}

function firstText(value) {
  if (typeof value === 'string') return value;
  try {
    if (value instanceof Error) return String(value.message);
    for (const key in value) return typeof value[key] === 'string' ? value[key] : undefined;
  } catch {
    // a proxy or a getter that throws
  }
  return undefined;
}

function both(run) {
  return { library: run, plain: run };
}
