import { logRecord } from '../../lib/integrations/logger/log-record';
import { prints } from '../../lib/integrations/logger/printed-levels';

const STACK = 'TypeError: no\n    at place (/srv/app/orders.js:12:34)\n    at main (/srv/app/main.js:1:2)';

describe('logRecord', () => {
  test.each([
    [['text'], undefined, { context: 'log', message: 'text' }],
    [['text'], 'Own', { context: 'Own', message: 'text' }],
    [['text', 'Given'], undefined, { context: 'Given', message: 'text' }],
    [['text', 'Given'], 'Own', { context: 'Given', message: 'text' }],
    [['text', STACK], 'Own', { context: 'Own', message: 'text', stack: STACK }],
    [['text', STACK, 'Given'], undefined, { context: 'Given', message: 'text', stack: STACK }],
    [['text', undefined, 'Given'], undefined, { context: 'Given', message: 'text' }],
    [['a', 'b', 'Given'], undefined, { context: 'Given', message: 'a b' }],
    [['text', ''], 'Own', { context: 'Own', message: 'text' }],
    [[{ msg: 'inside', id: 1 }], 'Own', { context: 'Own', message: 'inside', data: { msg: 'inside', id: 1 } }],
    [[], 'Own', { context: 'Own' }],
  ])('%j of the logger %s', (args, context, expected) => {
    expect(JSON.parse(JSON.stringify(logRecord('error', args, context, false)))).toEqual({
      method: 'error',
      ...expected,
    });
  });

  test("the context of Nest's Logger comes before a text that looks like one", () => {
    expect(logRecord('log', ['text', 'more'], 'Own', true)).toMatchObject({ context: 'Own', message: 'text more' });
    expect(logRecord('log', ['text', 'Given'], undefined, true)).toMatchObject({ context: 'Given', message: 'text' });
  });

  test('an error may be the message, a parameter, or the err of an object', () => {
    const error = new RangeError('too far');
    expect(logRecord('error', [error], 'Own', true)).toMatchObject({ message: 'RangeError: too far', error });
    expect(logRecord('error', ['failed', error], 'Own', true)).toMatchObject({
      message: 'failed',
      data: { arguments: ['RangeError: too far'] },
      error,
    });
    expect(logRecord('error', [{ err: error }, 'failed'], 'Own', true)).toMatchObject({ message: 'failed', error });
  });

  test('no code of a value runs', () => {
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(name);
    const hostile = {
      get lazy() {
        return ran.push('getter');
      },
      toJSON: note('toJSON'),
      toString: note('toString'),
      inner: new Proxy({}, { get: note('get'), ownKeys: () => (ran.push('ownKeys'), []) }),
      date: Object.assign(new Date(0), { toISOString: note('toISOString') }),
      lines: Object.defineProperty([1], 1, { enumerable: true, get: note('element') }),
    };
    const { data } = logRecord('log', ['text', hostile, new Proxy([], {}), note('function')], 'Own', true);
    expect(ran).toEqual([]);
    expect(data).toMatchObject({
      lazy: '[Getter]',
      inner: '[Proxy]',
      date: '1970-01-01T00:00:00.000Z',
      lines: [1, '[Getter]'],
      arguments: ['[Proxy]'],
    });
  });

  test('a value of any size makes a bounded record', () => {
    const tree = (depth: number): unknown =>
      depth === 0 ? 'x'.repeat(10_000) : Array.from({ length: 30 }, () => tree(depth - 1));
    const { data } = logRecord('log', ['text', tree(3)], 'Own', true);
    expect(JSON.stringify(data).length).toBeLessThan(40_000);
  });
});

describe('prints', () => {
  test('asks the loggers of Nest, pino and winston', () => {
    const asked: unknown[] = [];
    const isLevelEnabled = (level: string) => {
      asked.push(level);
      return level !== 'trace' && level !== 'debug';
    };
    expect(prints({ isLevelEnabled }, 'debug')).toBe(false);
    expect(prints({ logger: { logger: { isLevelEnabled, levels: { values: { trace: 10 } } } } }, 'verbose')).toBe(
      false,
    );
    expect(prints({ logger: { isLevelEnabled, levels: { info: 2 } } }, 'log')).toBe(true);
    expect(prints({ logger: { isLevelEnabled, levels: { info: 2 } } }, 'fatal')).toBe(true);
    expect(prints({}, 'debug')).toBe(true);
    expect(asked).toEqual(['debug', 'trace', 'info']);
  });
});
