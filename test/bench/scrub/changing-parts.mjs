/** The parts of an event that differ from one to the next, clean or with what must not leave. */
import { PLACES } from './fixed-parts.mjs';

const CARDS = ['4111 1111 1111 1111', '5555555555554444', '378282246310005'];
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const word = (random, length) => random.letters(length, LETTERS);
const email = (random) => `${random.letters(8, 'abcdefghij')}@shop.example`;
const uuid = (random) => [8, 4, 4, 4, 12].map((length) => random.letters(length)).join('-');

export function frame(random, dirty, at) {
  const vars = { order: { id: random.below(1e6), state: random.sentence(3) }, attempt: random.below(5), done: false };
  if (dirty && at % 5 === 1) Object.assign(vars, { dbPassword: word(random, 14) });
  return { ...random.pick(PLACES), vars };
}

export const breadcrumb = (before) => (random, dirty, at) => {
  const timestamp = before - 60 + at / 10;
  const leaks = dirty && at % 4 === 1;
  if (at % 3 === 0) {
    const data = { orderId: random.below(1e6), duration: random.below(90_000) / 100 };
    const message = `${random.pick(PLACES).function} ${random.pick(['started', 'completed', 'failed'])}`;
    return { timestamp, category: 'operation', level: 'info', message, data };
  }
  if (at % 3 === 1) {
    const url = `https://api.carrier.example/v2/parcels/${uuid(random)}?page=${random.below(90)}`;
    return {
      timestamp,
      type: 'http',
      category: 'http',
      level: 'info',
      data: {
        url: leaks ? `${url}&access_token=${word(random, 24)}` : url,
        'http.method': random.pick(['GET', 'POST', 'PUT']),
        status_code: random.pick([200, 201, 404, 503]),
        ...(leaks && { authorization: `Bearer ${word(random, 40)}` }),
      },
    };
  }
  const message = leaks ? `login of ${email(random)} failed, password=${word(random, 10)}` : random.sentence(11);
  return { timestamp, category: 'console', level: 'log', message, data: { logger: 'console', arguments: [message] } };
};

/** A POST whose body came as JSON: the SDK sends the text as it was, and by default no more than 10 KB of it. */
export function request(random, dirty, lines) {
  const path = `/orders/${random.below(1e6)}/lines`;
  const body = {
    reference: uuid(random),
    comment: random.sentence(9),
    lines: Array.from({ length: lines }, () => ({
      sku: `SKU-${random.letters(6)}`,
      name: random.sentence(4),
      quantity: random.below(20),
      price: random.below(100_000) / 100,
    })),
    ...(dirty && {
      account: { email: email(random), password: word(random, 12) },
      card: { number: random.pick(CARDS), expiry: '12/30', cvc: `${100 + random.below(900)}` },
    }),
  };
  return {
    method: 'POST',
    url: `https://shop.example${path}`,
    query_string: dirty ? `page=${random.below(9)}&api_key=${word(random, 32)}` : `page=${random.below(9)}`,
    headers: {
      host: 'shop.example',
      accept: 'application/json, text/plain, */*',
      'accept-encoding': 'gzip, deflate, br',
      'content-type': 'application/json',
      'content-length': `${200 + random.below(9000)}`,
      'user-agent': `Mozilla/5.0 (X11; Linux x86_64) Chrome/${120 + random.below(20)}.0.0.0 Safari/537.36`,
      'x-request-id': uuid(random),
      ...(dirty && {
        authorization: `Bearer eyJhbGciOiJIUzI1NiJ9.${word(random, 60)}.${word(random, 43)}`,
        cookie: `session=${word(random, 32)}; theme=dark`,
        'x-forwarded-for': `81.2.69.${random.below(255)}`,
      }),
    },
    data: JSON.stringify(body),
  };
}

/** One of the records that an application attaches as extra data. */
export function row(random, dirty, at) {
  return {
    id: uuid(random),
    carrier: random.pick(['north', 'harbour', 'airmail']),
    weight: random.below(40_000) / 1000,
    shipped: random.below(2) === 0,
    remark: dirty && at % 10 === 3 ? `ask ${email(random)}, ${random.sentence(6)}` : random.sentence(9),
    tags: [random.pick(['fragile', 'heavy', 'letter']), `batch-${random.below(500)}`],
    ...(dirty && at % 20 === 7 && { clientSecret: word(random, 30) }),
  };
}
