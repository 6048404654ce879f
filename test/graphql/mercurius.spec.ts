import { createHash } from 'node:crypto';
import { AppProcess, type Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { thinned } from '../harness/scale';
import { expectations } from './expectations';
import { SocketClient } from './socket-client';
import { unfitValues } from './unfit-values';

interface Answer {
  status: number;
  body: string;
}

type Headers = Record<string, string>;

async function post(url: string, body: unknown, headers?: Headers): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.text() };
}

const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;
const containing = (values: readonly string[] = []) => values.map((value) => expect.stringContaining(value));

/** Of the rows for Apollo Server, those whose outcome is the same, and what graphql-jit makes of thrown non-errors. */
const shared = expectations.filter(
  ({ name, enhancers }) => !enhancers && name !== 'the context refuses with 401, and the response is a 500',
);
const nonErrors = shared.filter(({ name }) => /throws: (string|null|undefined)$/.test(name));
const rows = [...new Set([...nonErrors, ...thinned(shared, false)])];

// Lane 11 formats errors by default, lane 12 as the application says.
describe.each<[Lane, string]>([
  ['11', ''],
  ['12', 'own'],
])('Mercurius in lane %s, formatter "%s"', (lane, FORMATTER) => {
  let receiver: Receiver;
  let app: AppProcess;
  let bare: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const env = { PLATFORM: 'fastify', FORMATTER };
    const sentry = { SENTRY_DSN: receiver.dsn, SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'test' };
    [app, bare] = await Promise.all([
      AppProcess.start({ lane, app: 'mercurius', env: { ...env, ...sentry } }),
      AppProcess.start({ lane, app: 'mercurius', env: { ...env, BARE: '1' } }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), bare.stop('SIGKILL'), receiver.close()]);
  });

  /** Asks both applications, which must answer alike. */
  const ask = async (body: unknown, headers?: Headers) => {
    receiver.clear();
    const [answer, bareAnswer] = await Promise.all([post(app.url, body, headers), post(bare.url, body, headers)]);
    expect(answer).toEqual(bareAnswer);
    await app.status();
    return answer;
  };

  const expectTransaction = (name: string, status: string) =>
    poll(async () => {
      await app.status();
      expect(receiver.transactions).toEqual([name]);
      const root = receiver.spans.find((span) => span.op === 'http.server');
      expect(root?.status).toBe(lane === '12' && status !== 'ok' ? 'error' : status);
    });

  const expectUnfit = async (field: string, events: string[]) => {
    expect(receiver.events.map(valueOf)).toEqual(containing(events));
    for (const event of receiver.events) {
      expect(event.transaction).toBe(`query ${field}`);
      expect(event.tags).toMatchObject({
        kind: 'graphql',
        handler: `ShapesResolver.${field}`,
        'graphql.type': 'query',
      });
    }
    await expectTransaction(`query ${field}`, 'internal_error');
  };

  describe.each(unfitValues)('%s', (_what, query, field, events) => {
    test.each(['executed', 'compiled'])('%s', async () => {
      await ask({ query });
      await expectUnfit(field, events);
    });

    test('in a batch', async () => {
      await ask([{ query: `${query} # batched` }, { query: '{ fine }' }]);
      await expectUnfit(field, events);
    });
  });

  test.each(rows.map((row) => [row.name, row] as const))('%s: executed and compiled', async (name, row) => {
    for (const _way of ['executed', 'compiled']) {
      await ask({ query: row.query && `${row.query} # ${name}`, variables: row.variables }, row.headers);
      expect(receiver.events.map(valueOf)).toEqual(expect.arrayContaining(containing(row.events)));
      expect(receiver.events).toHaveLength(row.events?.length ?? 0);
      if (row.holds) expect(receiver.events[0]).toMatchObject(row.holds);
    }
  });

  test('the operation that fails is the one that was asked for', async () => {
    const query = 'query Good { fine } query Bad { scalar }';
    await ask({ query, operationName: 'Bad' });
    await ask([{ query: '{ fine }' }, { query, operationName: 'Bad' }]);
    expect(receiver.events.map(({ transaction, tags }) => [transaction, tags['graphql.operation']])).toEqual([
      ['query scalar', 'Bad'],
    ]);
  });

  test('a loader fails: one event for all fields', async () => {
    await ask({ query: '{ labelled { label } }' });
    expect(receiver.events.map(valueOf)).toEqual(['a loader fails']);
    await expectTransaction('query labelled', 'internal_error');
  });

  test.each<[string, unknown, string, Headers]>([
    ['no JSON', '{', 'invalid_argument', {}],
    ['no document', { query: '{ fine' }, 'invalid_argument', {}],
    ['no valid document', { query: '{ nothing }' }, 'invalid_argument', {}],
    ['no such operation', { query: 'query Good { fine }', operationName: 'Other' }, 'invalid_argument', {}],
    ['no variable', { query: 'query ($kind: String!) { throw(kind: $kind) }' }, 'invalid_argument', {}],
    ['a batch of nothing valid', [{ query: '{ nothing }' }, { query: '{ fine' }], 'invalid_argument', {}],
    ['the context refuses', { query: '{ fine }' }, 'unauthenticated', { 'x-context': 'refuse' }],
  ])('a request error is expected: %s', async (_what, body, status, headers: Headers) => {
    await ask(body, headers);
    expect(receiver.events).toEqual([]);
    // Sentry 10 drops the transactions of responses with 401.
    if (lane === '12' || status !== 'unauthenticated') await expectTransaction('POST /graphql', status);
  });

  test('persisted queries', async () => {
    const query = '{ scalar # persisted\n}';
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    const sent: unknown[] = [];
    for (const body of [{}, { query }, {}]) {
      await ask({ ...body, extensions: { persistedQuery } });
      sent.push(receiver.events.map(valueOf));
    }
    expect(sent).toEqual([[], containing(['Int cannot represent']), containing(['Int cannot represent'])]);
    await ask({ extensions: { persistedQuery: { version: 1, sha256Hash: 'lost' } } });
    expect(receiver.events.map(valueOf)).toEqual(['the store of queries is lost']);
    await expectTransaction('POST /graphql', 'internal_error');
  });

  describe('over a web socket', () => {
    const both = async (query: string, path = '') => {
      receiver.clear();
      const clients = [app, bare].map(({ url }) => new SocketClient(url, { user: 'ann' }, path));
      const [answers, bareAnswers] = await Promise.all(clients.map((client) => client.collect(query)));
      await Promise.all(clients.map((client) => client.close()));
      expect(answers).toEqual(bareAnswers);
      await app.status();
    };

    test.each([
      ['a query', '{ missing }', ['Cannot return null'], 'query missing'],
      ['a resolver', '{ throw(kind: "string") }', ['just a string'], 'query throw'],
      [
        'results of a subscription',
        'subscription { shapeAdded { size } }',
        ['Cannot return null', 'Int cannot represent'],
        'subscription shapeAdded',
      ],
      [
        'a field of one',
        'subscription { breaking { owner(fail: "string") } }',
        ['just a string'],
        'subscription breaking',
      ],
      ['the guard of one', 'subscription { guarded { id } }', ['failure in a guard'], 'subscription guarded'],
      ['nothing: no such field', '{ nothing }', [], ''],
      ['nothing: a variable is missing', 'subscription ($n: String!) { catNamed(name: $n) { id } }', [], ''],
    ])('%s fails', async (_what, query, events, transaction) => {
      await both(query);
      expect(receiver.events.map(valueOf)).toEqual(containing(events));
      for (const event of receiver.events) expect(event.transaction).toBe(transaction);
    });

    test('the context of a connection cannot be made', async () => {
      await both('{ fine }', '?context=fail');
      expect(receiver.events.map(valueOf)).toEqual(['no context of a connection']);
    });
  });

  test('nothing of this library has failed', async () => {
    expect((await app.status()).faults).toEqual({});
  });
});
