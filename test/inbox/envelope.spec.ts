import fc from 'fast-check';
import { parseEnvelope } from '../../lib/envelopes/envelope.js';
import { HttpProblem } from '../../lib/envelopes/http-problem.js';
import { envelope } from './envelope-text.js';

const parsed = (text: string | Buffer): Array<[string, string]> =>
  parseEnvelope(Buffer.from(text)).items.map(({ header, payload }) => [header.type, payload.toString()]);

describe('parseEnvelope', () => {
  it.each<[string, string, Array<[string, string]>]>([
    ['a header alone', '{}', []],
    ['a header and a newline', '{}\n', []],
    ['an item with its length', '{}\n{"type":"event","length":2}\n{}\n', [['event', '{}']]],
    ['no newline at the end', '{}\n{"type":"event","length":2}\n{}', [['event', '{}']]],
    ['an item without length', '{}\n{"type":"event"}\n{"a":1}\n', [['event', '{"a":1}']]],
    ['an item without length at the end', '{}\n{"type":"event"}\n{"a":1}', [['event', '{"a":1}']]],
    ['newlines inside a length', '{}\n{"type":"attachment","length":3}\na\nb\n', [['attachment', 'a\nb']]],
    ['length 0', '{}\n{"type":"x","length":0}\n\n{"type":"y"}\n1', [['x', ''], ['y', '1']]], // prettier-ignore
    ['length null', '{}\n{"type":"x","length":null}\n1\n', [['x', '1']]],
    ['empty lines between items', '{}\n\n{"type":"x","length":1}\n1\n\n\r\n{"type":"y"}\n2\n\n', [['x', '1'], ['y', '2']]], // prettier-ignore
    ['an item header as the last line', '{}\n{"type":"x"}', [['x', '']]],
    ['lines ended by CR LF', '{}\r\n{"type":"x","length":1}\r\n1\n', [['x', '1']]],
  ])('takes %s', (_what, text, items) => {
    expect(parsed(text)).toEqual(items);
  });

  it.each([
    ['an empty body', '', 'the body is empty (at byte 0)'],
    ['a header that is no JSON', 'nonsense\n{}', 'envelope header is not JSON (at byte 0)'],
    ['a header that is no object', '[]\n', 'envelope header is not a JSON object (at byte 0)'],
    ['an item header that is no JSON', '{}\n{"type"\n{}', 'item header is not JSON (at byte 3)'],
    ['an item without type', '{}\n{"length":2}\n{}', 'item header without type (at byte 3)'],
    ['a length past the end', '{}\n{"type":"x","length":9}\n{}', 'item length 9, but only 2 bytes left (at byte 27)'],
    ['a length too short', '{}\n{"type":"x","length":1}\n{}\n', 'item length 1, but the item does not end there'],
    [
      'a negative length',
      '{}\n{"type":"x","length":-1}\n{}',
      'item length: received -1; expected a whole number of bytes',
    ],
    [
      'a length in words',
      '{}\n{"type":"x","length":"2"}\n{}',
      'item length: received "2"; expected a whole number of bytes',
    ],
    ['a thousand and one items', `{}\n${'{"type":"x"}\n1\n'.repeat(1001)}`, 'more than 1000 items'],
  ])('rejects %s and says so', (_what, text, message) => {
    expect(() => parsed(text)).toThrow(message);
    expect(() => parsed(text)).toThrow(HttpProblem);
  });

  it('returns the payload bytes unchanged', () => {
    const item = fc.tuple(fc.record({ type: fc.string({ minLength: 1 }) }), fc.uint8Array().map((bytes) => Buffer.from(bytes))); // prettier-ignore
    fc.assert(
      fc.property(fc.array(item), fc.boolean(), (items, newline) => {
        const body = Buffer.concat([envelope({}, ...items), Buffer.from(newline ? '\n' : '')]);
        const found = parseEnvelope(body).items.map(({ header, payload }) => [header.type, payload.toString('hex')]);
        expect(found).toEqual(items.map(([header, payload]) => [header.type, payload.toString('hex')]));
      }),
    );
  });

  it('returns items or throws an HttpProblem for any input', () => {
    const fragment = fc.constantFrom('{}', '\n', '{"type":"x"}', '{"type":"x","length":3}', '\0', 'é', ']', '\r');
    fc.assert(
      fc.property(fc.array(fragment), (fragments) => {
        try {
          parseEnvelope(Buffer.from(fragments.join('')));
        } catch (error) {
          expect(error).toBeInstanceOf(HttpProblem);
        }
      }),
    );
  });
});
