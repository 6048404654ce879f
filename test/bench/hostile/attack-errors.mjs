// Errors with huge stacks, causes, members and properties.
import { dense, filled, keyed, nested, text } from './attack-tools.mjs';

const chain = (length, make) => {
  let error = make(0);
  for (let at = 1; at < length; at++) error = Object.assign(make(at), { cause: error });
  return error;
};
const withStack = (stack) => Object.assign(new Error('failure'), { stack });
const line = (at) => `    at method${at} (/srv/app/dist/service-${at}.js:${at}:13)`;

/** @type {Record<string, () => unknown>} */
export const errorAttacks = {
  'an error with a stack of 100,000 lines': () => withStack(`Error: failure\n${filled(100_000, line).join('\n')}`),
  'an error with a stack of one long line': () =>
    withStack(`Error: failure\n    at ${'a.'.repeat(100_000)} (${'/b'.repeat(100_000)}:1:1)`),
  'an error with a stack of brackets': () => withStack(`Error: failure\n${'    at '.repeat(3)}${'('.repeat(40_000)}`),
  'an error with a stack of white space': () => withStack(`Error: failure\n${`${' '.repeat(900)}at \n`.repeat(50)}`),
  'an error with a long name': () => Object.assign(new Error('failure'), { name: dense.repeat(20) }),
  'an error with a long code': () =>
    Object.assign(new Error('failure'), { code: dense.repeat(20), status: dense, errno: dense }),
  'an error with a message of secrets': () => new Error(dense.repeat(20)),
  'an error with many lines': () => new Error(text('password=hunter22\n', 1_000_000)),
  'an error with many properties': () =>
    Object.assign(
      new Error('failure'),
      keyed(5000, () => dense.slice(0, 500)),
    ),
  'an error of a validator': () =>
    Object.assign(new Error('invalid'), {
      issues: filled(5000, (at) => ({ path: ['token', at], received: 'x1y2z3', message: 'bad x1y2z3' })),
    }),
  'an error of a database': () =>
    Object.assign(new Error(`Duplicate entry '${dense}'`), {
      query: text("insert into a values ('x1y2z3') ", 100_000),
      parameters: filled(1000, () => 'x1y2z3'),
      detail: dense,
    }),
  'an error of an HTTP client': () =>
    Object.assign(new Error('401'), {
      config: { headers: keyed(1000, () => 'Bearer a1b2c3'), data: dense },
      response: { data: filled(1000, () => dense), headers: keyed(1000, () => 'x') },
      request: { a: dense },
    }),
  'a chain of 1,000 causes': () => chain(1000, (at) => new Error(`failure ${at} password=x1y2z3`)),
  'a chain of causes with long messages': () => chain(50, (at) => new Error(`${at} ${dense}`)),
  'a chain of causes with long stacks': () =>
    chain(50, (at) => withStack(`Error: ${at}\n${filled(1000, line).join('\n')}`)),
  'causes in a circle': () => {
    const error = chain(100, () => new Error(dense.slice(0, 900)));
    error.cause.cause = error;
    return error;
  },
  'an aggregate of 4,500 errors': () =>
    new AggregateError(filled(4500, (at) => new Error(`failure ${at} token=x1y2z3`))),
  'an aggregate of 100 errors with long messages': () =>
    new AggregateError(filled(100, (at) => new Error(`${at} ${dense}`))),
  'an aggregate of 100 errors with long stacks': () =>
    new AggregateError(filled(100, () => withStack(`Error: a\n${filled(500, line).join('\n')}`))),
  'aggregates in aggregates': () =>
    nested(
      6,
      (inner) =>
        new AggregateError(
          filled(6, () => inner),
          dense.slice(0, 500),
        ),
      new Error('x'),
    ),
  'aggregates of causes': () => new AggregateError(filled(20, () => chain(20, () => new Error(dense.slice(0, 5000))))),
  'a thousand Errors': () => filled(1000, (at) => new Error(`failure ${at}`)),
};
