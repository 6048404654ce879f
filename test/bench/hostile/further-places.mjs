// Places that take the texts of a value, or the value many times.
import { text, texts } from './own-texts.mjs';

const traced = (Sentry, run) => Sentry.startSpan({ name: 'work', op: 'test', forceTransaction: true }, run);
const fail = (Sentry) => Sentry.captureException(new Error('failure'));

/** The same for this library and for @sentry/nestjs alone. */
export const furtherPlaces = {
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

function both(run) {
  return { library: run, plain: run };
}
