import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { CONCURRENT, representative, thinned } from '../harness/scale';
import { expectations, type Expectation } from './expectations';
import { SocketClient, type Feed } from './socket-client';

const combinations: [Lane, Platform, string, string, string][] = [
  ['11', 'express', 'init', '', 'true'],
  ['11', 'fastify', 'register', 'filters', 'object'],
  ['12', 'express', 'late', 'guards,interceptors,filters', 'true'],
  ['12', 'fastify', 'register', '', 'object'],
];

interface Answer {
  status: number;
  body: string;
}

async function ask(url: string, { query, variables, headers }: Partial<Expectation>): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // Outside of production, responses include stack traces, which differ.
  return { status: response.status, body: (await response.text()).replaceAll(/"stacktrace":\[.*?\](?=[,}])/g, '') };
}

const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;
const names = (count: number) => Array.from({ length: count }, (_, n) => `user-${n}`);

// Both lanes, both platforms, with and without enhancers of fields.
describe.each(representative(combinations, (_row, index) => index === 1 || index === 2))(
  'lane %s on %s, started by %s, field enhancers "%s"',
  (lane, PLATFORM, START, ENHANCERS, WS) => {
    let receiver: Receiver;
    let app: AppProcess;
    let bare: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      const env = { PLATFORM, ENHANCERS, WS };
      const sentry = { SENTRY_DSN: receiver.dsn, SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'test' };
      [app, bare] = await Promise.all([
        AppProcess.start({
          lane,
          app: 'graphql',
          env: { ...env, ...sentry, START },
          nodeOptions: START === 'register' ? ['--import', 'nestjs-error-tracker/register'] : [],
        }),
        AppProcess.start({ lane, app: 'graphql', env: { ...env, BARE: '1' } }),
      ]);
    });

    afterAll(async () => {
      await Promise.all([app.stop('SIGKILL'), bare.stop('SIGKILL'), receiver.close()]);
    });

    const rows = expectations.filter(({ enhancers }) => enhancers === undefined || enhancers === ENHANCERS);
    test.each(thinned(rows, lane === '11').map((row) => [row.name, row] as const))('%s', async (_name, row) => {
      receiver.clear();
      const [answer, bareAnswer] = await Promise.all([ask(app.url, row), ask(bare.url, row)]);
      await app.status();
      const expected = (row.events ?? []).map((value) => expect.stringContaining(value));
      expect(receiver.events.map(valueOf)).toEqual(expect.arrayContaining(expected));
      expect(receiver.events).toHaveLength(expected.length);
      for (const event of receiver.events) if (row.transaction) expect(event.transaction).toBe(row.transaction);
      if (row.holds) expect(receiver.events[0]).toMatchObject(row.holds);
      expect(receiver.bytes).not.toContain('open-sesame');
      expect(answer).toEqual(bareAnswer);
    });

    test('each failing field has its own transaction and handler', async () => {
      receiver.clear();
      await ask(app.url, { query: '{ first: throw(kind: "error") second: odd { motto } third: guard }' });
      await app.status();
      const places = receiver.events.map(({ transaction, tags }) => `${transaction} ${tags.handler}`);
      expect(places.sort()).toEqual([
        'query guard CatsResolver.guard',
        'query odd CatsResolver.motto',
        'query throw CatsResolver.throw',
      ]);
    });

    test('a request is one transaction named after its operation, with a span for its handler', async () => {
      receiver.clear();
      await ask(app.url, { query: 'query Mine { mine: cats { id owner } }' });
      await poll(async () => {
        await app.status();
        expect(receiver.transactions).toEqual(['query cats']);
      });
      const handler = receiver.spans.find(({ name }) => name === 'CatsResolver.cats');
      expect(handler).toMatchObject({ op: 'handler.nestjs' });
      expect(new Set(receiver.spans.map(({ trace }) => trace)).size).toBe(1);
    });

    test.each([
      ['error', 'internal_error'],
      ['http400', 'invalid_argument'],
      ['http401', 'unauthenticated'],
      ['graphql404', 'not_found'],
      ['forbidden', 'permission_denied'],
      ['mapped', 'not_found'],
    ])('the transaction of a request that fails is no success, although it is answered: %s', async (kind, status) => {
      receiver.clear();
      await ask(app.url, { query: `{ throw(kind: "${kind}") }` });
      await poll(async () => {
        await app.status();
        expect(receiver.transactions).toEqual(['query throw']);
      });
      const root = receiver.spans.find(({ name }) => name === 'query throw');
      expect(root?.status).toBe(lane === '12' ? 'error' : status);
    });

    test.each([
      ['invalid JSON', '{', ''],
      ['a document that cannot be parsed', '{ "query": "{ cats" }', ''],
      ['a document that is not valid', '{ "query": "{ dogs }" }', ''],
      ['an unknown operation', '{ "query": "query A { cats { id } }", "operationName": "B" }', ''],
      ...(PLATFORM === 'express' ? [['a path below the endpoint', '{ "query": "{ cats" }', '/Below/7']] : []),
    ])('a request without an operation is named after the endpoint: %s', async (_what, body, below) => {
      receiver.clear();
      const headers = { 'content-type': 'application/json' };
      await fetch(`${app.url}/graphql${below}`, { method: 'POST', headers, body });
      await poll(async () => {
        await app.status();
        expect(receiver.transactions).toEqual(['POST /graphql']);
      });
      const { data } = receiver.spans.find(({ name }) => name === 'POST /graphql')!;
      expect(data).toMatchObject({ 'http.route': '/graphql' });
      expect(data[lane === '12' ? 'sentry.segment.name.source' : 'sentry.source']).toBe('route');
    });

    test(`${CONCURRENT} concurrent users are isolated`, async () => {
      receiver.clear();
      await Promise.all(
        names(CONCURRENT).map((name) =>
          ask(app.url, { query: `{ whoami(name: "${name}") odd { owner } }`, headers: { 'x-user': name } }),
        ),
      );
      await app.status();
      expect(receiver.events.map(({ user }) => user.id).sort()).toEqual(names(CONCURRENT).sort());
      for (const event of receiver.events) {
        const { id } = event.user;
        expect(valueOf(event)).toBe(`failure of ${id}`);
        expect(event.tags.who).toBe(id);
        const said = event.breadcrumbs.filter(({ category }: any) => category === 'who');
        expect(said.map(({ message }: any) => message)).toEqual([id]);
      }
    });

    describe('over a web socket', () => {
      const clients: SocketClient[] = [];
      const connect = (url: string, params: object = {}) => {
        const client = new SocketClient(url, params);
        clients.push(client);
        return client;
      };
      afterEach(async () => {
        for (const client of clients.splice(0)) await client.close();
      });

      test.each([
        ['a query', '{ throw(kind: "error") }', ['plain failure'], 'query throw'],
        ['a field resolver of a query', '{ odd { motto } }', ['no motto'], 'query odd'],
        ['a value', '{ odd { weight } }', ['Int cannot represent'], 'query odd'],
        ['a mutation', 'mutation { addCat(input: { name: "bad" }) { id } }', ['cannot be added'], 'mutation addCat'],
        [
          'the guard of a subscription',
          'subscription { guarded { id } }',
          ['failure in a guard'],
          'subscription guarded',
        ],
        ['nothing: a client error', '{ throw(kind: "input") }', [], ''],
        ['nothing: a variable is missing', 'query ($kind: String!) { throw(kind: $kind) }', [], ''],
        ['nothing: no such field', '{ dogs }', [], ''],
      ])('%s fails', async (_what, query, events, transaction) => {
        receiver.clear();
        const answers = await connect(app.url, { user: 'ann' }).collect(query);
        await app.status();
        expect(receiver.events.map(valueOf)).toEqual(events.map((value) => expect.stringContaining(value)));
        for (const event of receiver.events) {
          expect(event.transaction).toBe(transaction);
          if (transaction !== 'subscription guarded') expect(event.user).toMatchObject({ id: 'ann' });
        }
        if (transaction) expect(receiver.transactions).toEqual([transaction]);
        expect(answers).toEqual(await connect(bare.url, { user: 'ann' }).collect(query));
      });

      test('the source of a subscription breaks', async () => {
        receiver.clear();
        const query = 'subscription { breaking { id } }';
        const answers = await connect(app.url).collect(query);
        await app.status();
        expect(receiver.events.map(valueOf)).toEqual(['the source breaks']);
        expect(receiver.events[0].transaction).toBe('subscription breaking');
        expect(answers).toEqual(await connect(bare.url).collect(query));
        expect(answers).toHaveLength(2);
      });

      test('AsyncLocalStorages of the application are as in the bare one while a source is read', async () => {
        const query = 'subscription { keptByGuard { name } }';
        const answers = await connect(app.url).collect(query);
        expect(answers).toEqual(await connect(bare.url).collect(query));
        expect(JSON.stringify(answers)).toContain('of the guard, of the guard');
      });

      test('the context of an operation cannot be made', async () => {
        receiver.clear();
        const answers = await connect(app.url, { context: 'fail' }).collect('{ cats { id } }');
        await app.status();
        expect(receiver.events.map(valueOf)).toEqual(['no context can be made']);
        expect(answers).toEqual(await connect(bare.url, { context: 'fail' }).collect('{ cats { id } }'));
      });

      test('each result of a subscription is a separate execution', async () => {
        receiver.clear();
        const client = connect(app.url, { user: 'ann' });
        const bareClient = connect(bare.url, { user: 'ann' });
        const query = 'subscription Added { catAdded { name owner(fail: "yes") } }';
        const feeds = [client, bareClient].map((each) => each.listen(query));
        const heard = (feed: Feed, name: string) => feed.answers.filter((each) => JSON.stringify(each).includes(name));
        const add = (url: string, name: string) =>
          ask(url, { query: `mutation { addCat(input: { name: "${name}" }) { id } }` });
        for (const [url, feed] of [
          [app.url, feeds[0]!],
          [bare.url, feeds[1]!],
        ] as const) {
          await poll(async () => {
            await add(url, 'first');
            expect(heard(feed, 'first').length).toBeGreaterThan(0);
          });
          for (const name of ['tom', 'kim']) {
            await add(url, name);
            await poll(() => {
              expect(heard(feed, name)).toHaveLength(1);
            });
          }
        }
        await app.status();
        const unique = (feed: { answers: unknown[] }) => [...new Set(feed.answers.map((each) => JSON.stringify(each)))];
        expect(unique(feeds[0]!)).toEqual(unique(feeds[1]!));
        const failures = receiver.events.filter((event) => valueOf(event).startsWith('no owner of'));
        expect(failures.length).toBeGreaterThanOrEqual(3);
        const ids = new Set(failures.map((event) => event.contexts.trace.trace_id));
        expect(ids.size).toBe(failures.length);
        for (const event of failures) {
          const name = valueOf(event).replace('no owner of ', '');
          expect(event.transaction).toBe('subscription catAdded');
          expect(event.tags).toMatchObject({ cat: name, handler: 'CatsResolver.owner', 'graphql.operation': 'Added' });
          expect(event.user).toMatchObject({ id: 'ann' });
          expect(event.breadcrumbs.filter(({ category }: any) => category === 'owner')).toEqual([
            expect.objectContaining({ message: name }),
          ]);
        }
        const spans = receiver.spans.filter(({ name }) => name === 'subscription catAdded');
        expect(spans.length).toBeGreaterThanOrEqual(failures.length);
      });

      test(`${CONCURRENT} concurrent subscribers are isolated`, async () => {
        receiver.clear();
        const feeds = names(CONCURRENT).map((name) =>
          connect(app.url, { user: name }).listen(
            `subscription { catNamed(name: "${name}") { name owner(fail: "yes") } }`,
          ),
        );
        const published = async () => {
          const waiting = names(CONCURRENT).filter((_name, n) => feeds[n]!.answers.length === 0);
          await Promise.all(
            waiting.map((name) => ask(app.url, { query: `mutation { addCat(input: { name: "${name}" }) { id } }` })),
          );
          await poll(() => {
            for (const feed of feeds) expect(feed.answers.length).toBeGreaterThan(0);
          }, 10_000);
        };
        await poll(published, 40_000);
        await app.status();
        const failures = receiver.events.filter(({ transaction }) => transaction === 'subscription catNamed');
        expect(new Set(failures.map(({ user }) => user.id)).size).toBe(CONCURRENT);
        for (const event of failures) {
          expect(valueOf(event)).toBe(`no owner of ${event.user.id}`);
          expect(event.tags.cat).toBe(event.user.id);
          const said = event.breadcrumbs.filter(({ category }: any) => category === 'owner');
          expect(said.map(({ message }: any) => message)).toEqual([event.user.id]);
        }
      }, 40_000);
    });

    describe('a third-party transport', () => {
      test.each([
        ['caught', 'a pigeon fails: lost', 'lost', ['a pigeon fails: lost']],
        ['caught', 'without a type', 'typeless', ['a pigeon fails: typeless']],
        ['caught', 'a guard', 'guard', ['failure in a guard']],
        ['caught', 'expected', '404', []],
        ['caught', 'fine', 'fine', []],
        ['passed', 'thrown on to the route', 'lost', ['a pigeon fails: lost']],
      ])('within a request, %s: %s', async (path, _what, kind, events) => {
        receiver.clear();
        const get = async (url: string) =>
          (await fetch(`${url}/pigeons/${path}?kind=${kind}`, { headers: { 'x-resolver': 'bob' } })).text();
        const answer = await get(app.url);
        await app.status();
        const reported = receiver.events.filter(({ transaction }) => !transaction.startsWith('subscription'));
        expect(reported.map(valueOf)).toEqual(events);
        for (const event of reported) {
          expect(event.tags.handler).toMatch(/^Pigeons\./);
          expect(event.transaction).toBe(`GET /pigeons/${path}`);
          expect(event.user).toMatchObject({ id: 'resolved bob' });
        }
        expect(answer).toBe(await get(bare.url));
      });

      test('outside of a request: a separate execution, one event', async () => {
        receiver.clear();
        const answer = new Promise((resolve) => app.child.once('message', resolve));
        app.child.send({ pigeon: 'lost' });
        expect(await answer).toEqual({ answer: 'caught a pigeon fails: lost' });
        const status = await app.status();
        expect(receiver.events.map(valueOf)).toEqual(['a pigeon fails: lost']);
        expect(receiver.events[0]).toMatchObject({
          transaction: 'pigeon Pigeons.arrive',
          tags: { handler: 'Pigeons.arrive', kind: 'pigeon' },
        });
        expect(receiver.transactions).toEqual(['pigeon Pigeons.arrive']);
        expect(status.faults).toEqual({});
      });
    });
  },
);
