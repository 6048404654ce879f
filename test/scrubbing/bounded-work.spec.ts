import { representative } from '../harness/scale.js';
import { compileOptions } from '../../lib/scrubbing/compile-options.js';
import { Pseudonyms } from '../../lib/scrubbing/cache/pseudonyms.js';
import { CompiledScrubber } from '../../lib/scrubbing/compiled-scrubber.js';
import { DEFAULT_MAX_WORK } from '../../lib/scrubbing/limits/work-meter.js';
import type { ScrubbingOptions } from '../../lib/options/scrubbing-options.js';

const UNREAD = '[Filtered:too costly]';
const MILLION = 1_000_000;

function scrubberWith(options: ScrubbingOptions = {}): { scrubber: CompiledScrubber; steps: () => number } {
  const rules = compileOptions(options, { pseudonyms: new Pseudonyms('', '') });
  return { scrubber: new CompiledScrubber(rules), steps: () => rules.work.used };
}

/** Full of what rules look for. */
const dense = (length: number): string =>
  'GET https://a.example/x?token=abc user=ann@example.com "a" <b>c</b> select \'x\' -u a:b 10.2.3.4 4111 1111\n'
    .repeat(Math.ceil(length / 100))
    .slice(0, length);

describe('texts', () => {
  it.each([
    ['cookies in cookies', (times: number) => 'Cookie: a='.repeat(times) + 'mysql ' + '-px '.repeat(700), 6],
    ['cookies behind dashes', (times: number) => '-----ENDCookie: a='.repeat(times), 900],
    ['credentials in URLs', (times: number) => '//a:b'.repeat(times), 3_200],
    ['headers of forms', (times: number) => 'content-disposition: form-data;name='.repeat(times), 450],
    ['placeholders of a statement', (times: number) => 'select ' + '"$1'.repeat(times) + ' -- params: [1]', 1_000],
    ['keys of a row', (times: number) => 'a="b" ' + 'Key (a)=('.repeat(times), 1_000],
    ['values of a row', (times: number) => 'a="b" ' + 'Failing row contains ('.repeat(times), 500],
    ['values of a row that end', (times: number) => 'Failing row contains ()1.1.1.'.repeat(times), 300],
    ['entries that exist', (times: number) => 'a="b" ' + "Duplicate entry '".repeat(times), 600],
    ['users of Redis', (times: number) => 'a="b" AUTH ' + 'ACL SETUSER '.repeat(times), 700],
    ['values that were received', (times: number) => 'a="b" ' + 'got ((([Filtered '.repeat(times), 600],
    ['percent encoding', (times: number) => ',%41'.repeat(times), 4_000],
  ])('of %s take less than the limit, and twice as many twice of it', (_name, text, times) => {
    const { scrubber, steps } = scrubberWith();
    const stepsOf = (value: string): number => {
      scrubber.text(value);
      return steps();
    };
    const once = stepsOf(text(times));
    expect(once).toBeLessThan(DEFAULT_MAX_WORK);
    expect(stepsOf(text(2 * times))).toBeLessThan(2.5 * once);
  });

  it('of 20 KB are scrubbed by every rule, but not in the first items: V8 has compiled no rule yet', () => {
    const { scrubber, steps } = scrubberWith();
    const sent = [1, 2, 3, 4].map((nth) => {
      const text = JSON.stringify(scrubber.item('event', { extra: { text: `${nth} ${dense(20_000)}` } }));
      return [text.includes('token=[Filtered]'), steps() / DEFAULT_MAX_WORK] as const;
    });
    expect(sent.map(([isScrubbed]) => isScrubbed)).toEqual([false, false, false, true]);
    expect(sent[0]![1]).toBeLessThan(0.21);
    expect(sent[3]![1]).toBeGreaterThan(0.5);
  });

  it('are replaced if they cannot be judged, and the rest of the event is sent', () => {
    const { scrubber, steps } = scrubberWith({ maxWork: 1_000_000 });
    for (let nth = 0; nth < 5; nth++) scrubber.item('event', { extra: { text: `${nth} ${dense(20_000)}` } });
    const event = { extra: { text: `password=hunter2 ${dense(20_000)}`, note: 'password=hunter2', user: 'kim' } };
    const sent = scrubber.item('event', event) as { extra: object; _meta: { extra: object } };
    expect(sent.extra).toEqual({ text: UNREAD, note: 'password=[Filtered]', user: 'kim' });
    expect(sent._meta.extra).toMatchObject({ text: { '': { rem: [['!limit', 's', 0, UNREAD.length]] } } });
    expect(steps()).toBeLessThan(1_100_000);
    expect(scrubber.faults).toBe(0);
  });

  it('are replaced as a whole if a document in them cannot be judged', () => {
    const { scrubber } = scrubberWith({ maxWork: 1_000_000 });
    const body = JSON.stringify({ a: 'fine', b: JSON.stringify({ text: dense(20_000) }) });
    expect(scrubber.item('event', { request: { data: body } })).toMatchObject({ request: { data: UNREAD } });
    expect(scrubber.faults).toBe(0);
  });

  it('are judged again in the next item, and so are names', () => {
    const { scrubber } = scrubberWith({ maxWork: 2_000_000 });
    const named = { 'the name of something': 1 };
    const costly = Array.from({ length: 100 }, (_, at) => `${at} ${dense(20_000)}`);
    expect(JSON.stringify(scrubber.item('event', { extra: { costly }, contexts: { named } }))).toContain(UNREAD);
    expect(scrubber.item('event', { contexts: { named } })).toEqual({ contexts: { named } });
  });

  it('never cost more than the limit, with whatever an event is filled', () => {
    const { scrubber, steps } = scrubberWith();
    const texts = Array.from({ length: 1_000 }, (_, at) => `${at} ${dense(60_000)}`);
    const sent = JSON.stringify(scrubber.item('event', { event_id: 'e'.repeat(32), extra: { texts } }));
    expect(steps()).toBeLessThan(1.05 * DEFAULT_MAX_WORK);
    expect(sent).toContain(UNREAD);
    expect(sent).toContain('e'.repeat(32));
    expect(sent).not.toContain('token=abc');
  });

  it('of a list are only looked at as far as they can be read: a look at each would put all of them together', () => {
    const { scrubber } = scrubberWith();
    for (let nth = 0; nth < 6; nth++) scrubber.item('event', { extra: { text: `${nth} ${dense(20_000)}` } });
    const texts = Array.from({ length: 1_000 }, (_, at) => `${at} ${'lorem ipsum '.repeat(5_000)}`);
    const { extra } = scrubber.item('event', { extra: { texts } }) as { extra: { texts: string[] } };
    expect(extra.texts.length).toBeLessThan(30);
    expect(extra.texts[0]).toMatch(/^0 lorem ipsum/);
    expect(extra.texts.at(-1)).toMatch(/^\[cut:9\d\d more\]$/);
  });

  it('longer than an item may cost are replaced without being cut first', () => {
    const { scrubber } = scrubberWith({ maxWork: 1_000_000 });
    for (let nth = 0; nth < 6; nth++) scrubber.item('event', { extra: { text: `${nth} ${dense(20_000)}` } });
    const sent = scrubber.item('event', { extra: { text: 'x'.repeat(2_000_000), note: 'fine' } });
    expect(sent).toMatchObject({ extra: { text: UNREAD, note: 'fine' } });
  });

  it('under names of secrets are counted when they are judged', () => {
    const { scrubber, steps } = scrubberWith();
    const stepsOf = (length: number): number => {
      expect(scrubber.item('event', { extra: { tokenType: '#'.repeat(length) } })).toMatchObject({
        extra: { tokenType: '[Filtered]' },
      });
      return steps();
    };
    stepsOf(100);
    expect(stepsOf(900) - stepsOf(100)).toBe(800 * 10);
    expect(stepsOf(50_000)).toBeLessThan(stepsOf(100) + 10_000);
  });

  it('of an attachment are replaced before they are decoded if they are too long', () => {
    const sent = scrubberWith().scrubber.item('attachment', Buffer.alloc(20_000_000, 'a')) as Uint8Array;
    expect(Buffer.from(sent).toString()).toBe(UNREAD);
  });
});

describe('values', () => {
  /** An object whose getters make the next one: without end. */
  let asked = 0;
  const endless = (): object => ({
    get a(): object {
      asked++;
      return endless();
    },
    get b(): object {
      asked++;
      return endless();
    },
  });
  const doubled = (levels: number): unknown => {
    let value: unknown = { end: 1 };
    for (let level = 0; level < levels; level++) value = { a: value, b: value };
    return value;
  };

  it.each<[string, () => unknown]>([
    ['a list of a million', () => new Array(MILLION).fill({ a: 1 })],
    ['a list with holes', () => Object.assign([], { length: 4_294_967_295 })],
    ['a Map of a million', () => new Map(Array.from({ length: MILLION }, (_, at) => [at, at]))],
    ['a Set of a million', () => new Set(Array.from({ length: MILLION }, (_, at) => at))],
    ['a toJSON that returns a million', () => ({ toJSON: () => new Array(MILLION).fill(1) })],
    ['bytes', () => Buffer.alloc(10 * MILLION)],
    ['a typed array', () => new Float64Array(MILLION)],
    ['a number of a million digits', () => 10n ** 1_000_000n],
    [
      'an object of 100,000 entries',
      () => Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at])),
    ],
  ])('such as %s are only read as far as they are sent', (_name, make) => {
    const { scrubber, steps } = scrubberWith();
    const sent = JSON.stringify(scrubber.item('event', { extra: { value: make() } }));
    expect(steps()).toBeLessThan(DEFAULT_MAX_WORK / 4);
    expect(sent.length).toBeLessThan(50_000);
    expect(sent).toMatch(/\[cut:|\[Filtered:bytes\]/);
  });

  it.each<[string, () => unknown]>([
    ['doubling nests', () => doubled(60)],
    ['getters without end', endless],
  ])('such as %s end at the limit', (_name, make) => {
    const { scrubber, steps } = scrubberWith();
    const sent = JSON.stringify(scrubber.item('event', { extra: { value: make() } }));
    expect(steps()).toBeLessThan(1.1 * DEFAULT_MAX_WORK);
    expect(sent).toContain('[cut:');
    expect(asked).toBeLessThan(200_000);
  });

  /** A list whose elements count how often they are read. */
  let reads = 0;
  const counted = (length: number, element: () => unknown): unknown[] => {
    const list: unknown[] = [];
    for (let at = 0; at < length; at++)
      Object.defineProperty(list, at, { enumerable: true, get: () => (reads++, element()) });
    return list;
  };
  const repeated = (count: number, make: (at: number) => unknown): unknown[] =>
    Array.from({ length: count }, (_, at) => make(at));
  const keyed = (count: number, name: (at: number) => string): object =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [name(at), `value ${at}`]));
  const template = `${'a'.repeat(50)} key %s `.repeat(60);
  const instance = (): object => Object.create({ method: () => undefined }) as object;

  const hostile: [string, () => unknown][] = [
    [
      'rows of a table',
      () => {
        const rows = counted(1000, () => counted(1000, () => 'x1y2z3w4'));
        return repeated(100, () => ({ columns: ['id', 'token'], rows, values: rows, data: rows }));
      },
    ],
    [
      'parameters of statements',
      () => {
        const params = counted(1000, () => counted(1000, () => 'x1y2z3w4'));
        return repeated(100, () => ({ query: 'select a from b where c = ?', params, values: params }));
      },
    ],
    [
      'columns of tables',
      () => {
        const columns = counted(900, () => 'column');
        return repeated(900, () => ({ columns, rows: [[1]], values: [[1]], data: [[1]] }));
      },
    ],
    [
      'entries of sessions',
      () => {
        const session = {};
        for (let at = 0; at < 900; at++)
          Object.defineProperty(session, `entry${at}`, { enumerable: true, get: () => (reads++, { at }) });
        return repeated(900, () => ({ session }));
      },
    ],
    [
      'entries of instances',
      () => {
        const large = instance();
        for (let at = 0; at < 10_000; at++)
          Object.defineProperty(large, `entry${at}`, { enumerable: true, get: () => (reads++, at) });
        return repeated(900, () => large);
      },
    ],
  ];
  // Parameters are read as rows are.
  it.each(representative(hostile, ([name]) => !name.startsWith('parameters')))(
    'such as %s are read half a million times at most',
    (_name, make) => {
      const { scrubber, steps } = scrubberWith();
      reads = 0;
      scrubber.item('event', { extra: { value: make() } });
      expect(reads).toBeLessThan(500_000);
      expect(steps()).toBeLessThan(1.1 * DEFAULT_MAX_WORK);
    },
  );

  it.each<[string, () => unknown]>([
    ['lists in texts beside a statement', () => repeated(300, () => ({ query: 'x', params: '['.repeat(60_000) }))],
    ['short lists in texts', () => repeated(900, () => ({ query: 'x', params: '['.repeat(500), values: '[[' }))],
    ['numbers in texts', () => repeated(300, () => ({ query: 'x', params: `[${'1,'.repeat(30_000)}1]` }))],
  ])('such as %s are parsed within the limit', (_name, make) => {
    const value = make();
    const { scrubber, steps } = scrubberWith();
    const parse = jest.spyOn(JSON, 'parse');
    scrubber.item('event', { extra: { value } });
    const parsed = parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
    const tries = parse.mock.calls.length;
    parse.mockRestore();
    expect(parsed).toBeLessThan(DEFAULT_MAX_WORK / 10);
    expect(tries).toBeLessThan(2000);
    expect(steps()).toBeLessThan(1.1 * DEFAULT_MAX_WORK);
  });

  it.each<[string, () => unknown]>([
    [
      'parameters of messages',
      () =>
        repeated(40, () => ({
          'sentry.message.template': template,
          ...keyed(900, (at) => `sentry.message.parameter.${at}`),
        })),
    ],
    ['lists beside templates', () => repeated(900, () => ({ message: template, params: [1], args: [1], data: [1] }))],
    ['arguments after a template', () => repeated(900, () => [template, 'a', 'b'])],
    ['arguments that end like names', () => repeated(900, () => repeated(900, () => `${'a'.repeat(70)}:`))],
  ])('such as %s are looked through within the limit', (_name, make) => {
    const value = make();
    const { scrubber, steps } = scrubberWith();
    const exec = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec') as { value: RegExp['exec'] };
    let tries = 0;
    RegExp.prototype.exec = function counted(text) {
      tries += Math.min(text.length, 4000);
      return exec.value.call(this, text);
    };
    scrubber.item('event', { extra: { value } });
    Object.defineProperty(RegExp.prototype, 'exec', exec);
    expect(tries).toBeLessThan(DEFAULT_MAX_WORK / 2);
    expect(steps()).toBeLessThan(1.1 * DEFAULT_MAX_WORK);
  });

  it('have names that are judged within the limit, and those that are not are not sent', () => {
    const { scrubber, steps } = scrubberWith();
    let value: object = {};
    for (let level = 0; level < 30; level++)
      value = { inner: value, ...keyed(900, (at) => `kEy${level}_${at}${'_pin'.repeat(50)}`) };
    const sent = JSON.stringify(scrubber.item('event', { extra: { value }, event_id: 'e'.repeat(32) }));
    expect(steps()).toBeLessThan(1.1 * DEFAULT_MAX_WORK);
    expect(sent).toContain(UNREAD);
    expect(sent).toContain('e'.repeat(32));
  });

  it('that explain one another are not sent if nothing is left to judge them', () => {
    const { scrubber } = scrubberWith();
    const costly = repeated(1_000, (at) => `${at} ${dense(60_000)}`);
    const sent = JSON.stringify(
      scrubber.item('event', {
        extra: {
          costly,
          prisma: { query: 'select a from b where token = ?', params: '["hunter2"]' },
          log: { 'sentry.message.template': 'token=%s', 'sentry.message.parameter.0': 'hunter2' },
          args: ['token:', 'hunter2'],
          pair: { path: 'token', received: 'hunter2' },
        },
      }),
    );
    expect(sent).not.toContain('hunter2');
  });

  it('are counted to the last entry, which is sent if it is the last', () => {
    const entries = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, at]));
    const { scrubber } = scrubberWith({ maxBreadth: 4 });
    expect(scrubber.item('event', { extra: { at: entries(4) } })).toEqual({ extra: { at: entries(4) } });
    expect(scrubber.item('event', { extra: { over: entries(6) } })).toMatchObject({
      extra: { over: { ...entries(3), '…': '[cut:3 keys]' } },
    });
  });

  it('of GraphQL with too many variables lose all response data', () => {
    const { scrubber } = scrubberWith();
    const sent = scrubber.item('event', {
      request: { api_target: 'graphql', data: { query: 'q', variables: doubled(12) } },
      contexts: { response: { data: { data: { name: 'hunter2' } } } },
    });
    expect(JSON.stringify(sent)).not.toContain('hunter2');
  });
});

it('a batch of a thousand ordinary spans is sent whole, also as the first item of a process', () => {
  const { scrubber } = scrubberWith();
  const attribute = (value: string) => ({ type: 'string', value });
  const items = Array.from({ length: 1_000 }, (_, at) => ({
    name: 'SELECT orders',
    span_id: (1e15 + at).toString(16).padStart(16, '0'),
    attributes: {
      'sentry.op': attribute('db'),
      'db.statement': attribute(`SELECT o.id, o.total FROM orders o WHERE o.id = $1 ORDER BY o.created_at LIMIT ${at}`),
      'url.full': attribute(`https://shop.example/orders/${at}?page=${at}`),
      'user_agent.original': attribute('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'),
      ...Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`app.attribute_${n}`, attribute(`value ${n}`)])),
    },
  }));
  expect(scrubber.item('span', { items })).toEqual({ items });
});

describe('batches', () => {
  const logOf = (text: string) => ({
    level: 'info',
    body: 'a log',
    attributes: { text: { type: 'string', value: text } },
  });
  const ordinary = 'GET /orders/1?page=2 took 12 ms';
  const warm = (scrubber: CompiledScrubber): void => {
    for (let nth = 0; nth < 6; nth++) scrubber.item('event', { extra: { text: `${nth} ${dense(20_000)}` } });
  };

  it.each([
    ['log', 'items', 100],
    ['trace_metric', 'items', 1_000],
    ['span', 'items', 1_000],
    ['transaction', 'spans', 1_000],
  ])('of hostile members (%s) have one limit, and each member a small one of its own', (type, list, count) => {
    const { scrubber } = scrubberWith();
    warm(scrubber);
    const before = scrubber.steps;
    const members = Array.from({ length: count }, (_, at) => logOf(`${at} ${dense(60_000)}`));
    const sent = JSON.stringify(scrubber.item(type, { [list]: members }));
    expect(scrubber.steps - before).toBeLessThan(3.2 * DEFAULT_MAX_WORK + count * 310_000);
    expect(sent).toContain(UNREAD);
    expect(sent).not.toContain('token=abc');
  });

  it('stop before each member, and take no more for one than an event may', () => {
    const { scrubber } = scrubberWith();
    warm(scrubber);
    const pieces = scrubber.pieces('log', {
      items: Array.from({ length: 50 }, (_, at) => logOf(`${at} ${dense(60_000)}`)),
    });
    let stops = 0;
    let most = 0;
    for (let before = scrubber.steps; !pieces.next().done; before = scrubber.steps, stops++)
      most = Math.max(most, scrubber.steps - before);
    expect(stops).toBe(50);
    expect(most).toBeLessThan(1.05 * DEFAULT_MAX_WORK);
  });

  it('are scrubbed alike if something else is scrubbed between two members', () => {
    const { scrubber } = scrubberWith();
    const items = ['password=hunter2', ordinary, 'password=hunter3'].map(logOf);
    const whole = scrubber.item('log', { items });
    const pieces = scrubber.pieces('log', { items });
    let next = pieces.next();
    while (!next.done) {
      scrubber.item('event', { extra: { costly: dense(60_000), request: { a: { b: 'token=abc' } } } });
      next = pieces.next();
    }
    expect(next.value).toEqual(whole);
    expect(JSON.stringify(whole)).not.toContain('hunter');
  });

  it('keep their ordinary members beside hostile ones', () => {
    const { scrubber } = scrubberWith();
    const items = Array.from({ length: 100 }, (_, at) => logOf(at % 2 ? ordinary : `${at} ${dense(60_000)}`));
    const sent = scrubber.item('log', { items }) as { items: ReturnType<typeof logOf>[] };
    expect(sent.items).toHaveLength(100);
    for (let at = 1; at < 100; at += 2) expect(sent.items[at]).toEqual(items[at]);
  });

  it('say in _meta what was removed from a span of a transaction', () => {
    const { scrubber } = scrubberWith();
    const spans = [{ data: { a: 1 } }, { data: { note: 'password=hunter2' } }];
    const sent = scrubber.item('transaction', { type: 'transaction', transaction: 'GET /', spans });
    expect(sent).toMatchObject({ _meta: { spans: { 1: { data: { note: { '': { rem: [expect.anything()] } } } } } } });
    expect(sent).toMatchObject({ spans: [spans[0], { data: { note: 'password=[Filtered]' } }] });
  });

  it('follow the rules of the application for their paths', () => {
    const asked: string[] = [];
    const { scrubber } = scrubberWith({
      paths: { 'spans.1.data.note': 'remove' },
      custom: (value, path) => {
        asked.push(path);
        return value;
      },
    });
    const sent = scrubber.item('transaction', { spans: [{ data: { note: 'one' } }, { data: { note: 'two' } }] });
    expect(sent).toMatchObject({ spans: [{ data: { note: 'one' } }, { data: { note: '[Filtered:path]' } }] });
    expect(asked).toEqual(['spans', 'spans.0', 'spans.0.data', 'spans.0.data.note', 'spans.1', 'spans.1.data']);
  });

  it('have a thousand members at most', () => {
    const { scrubber } = scrubberWith();
    const items = Array.from({ length: 1_500 }, (_, at) => logOf(`${at}`));
    const sent = scrubber.item('log', { items }) as { items: unknown[] };
    expect(sent.items.slice(999)).toEqual([items[999], '[cut:500 more]']);
  });
});
