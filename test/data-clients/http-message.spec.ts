import { Readable } from 'node:stream';
import { httpMessage } from '../../lib/domains/http-message';

test.each([
  [
    { a: '1', b: ['2', '3'] },
    { a: '1', b: ['2', '3'] },
  ],
  [new Headers({ a: '1' }), { a: '1' }],
  [new Map([['a', '1']]), { a: '1' }],
  [['a', '1', 'b', '2'], { a: '1', b: '2' }],
  ['a: 1\r\nb:2\r\n', { a: '1', b: '2' }],
  [{ toJSON: () => ({ a: '1' }) }, { a: '1' }],
  [['__proto__', 'x', 'a', '1'], { a: '1' }],
])('headers of each client are an object %#', (headers, expected) => {
  expect(httpMessage(headers, undefined)).toEqual({ headers: expected });
});

test.each([
  ['{"a":[1]}', { a: [1] }],
  ['{"a":', '{"a":'],
  ['plain', 'plain'],
  [new URLSearchParams({ a: '1' }), 'a=1'],
  [{ a: { b: 1 } }, { a: { b: 1 } }],
  [Buffer.from('secret'), '[Filtered:bytes]'],
  [`{"a":"${'x'.repeat(100_000)}"}`, '[cut:100008 characters]'],
])('a body %#', (body, expected) => {
  expect(httpMessage(undefined, body)).toEqual({ body: expected });
});

test.each([
  [Readable.from(['x'])],
  [new Blob(['x'])],
  [new FormData()],
  [''],
  [null],
  [() => 'x'],
  [new Proxy({}, {})],
])('a body that is read once, or none, is left alone %#', (body) => {
  expect(httpMessage(undefined, body)).toBeUndefined();
});

test('both are bounded', () => {
  const headers = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`x-${at}`, 'y'.repeat(100)]));
  const message = httpMessage(headers, { rows: Array.from({ length: 100_000 }, (_, at) => ({ at })) });
  expect(JSON.stringify(message?.headers).length).toBeLessThan(9_000);
  expect(JSON.stringify(message?.body).length).toBeLessThan(17_000);
});
