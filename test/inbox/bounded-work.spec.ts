import { receiveEnvelope, receiveStore } from '../../lib/inbox/receiver.js';
import { type InboxItem } from '../../lib/inbox/inbox-item.js';
import { countValues } from './counted-values.js';

const envelopeOf = (payload: string): Buffer => Buffer.from(`{}\n{"type":"event"}\n${payload}`);
const payloadOf = (body: Buffer): unknown =>
  receiveEnvelope(body).items.map((item) => (JSON.parse(item.json) as InboxItem).payload)[0];

/** How many characters a delivery lets the engine parse; whether it is accepted does not matter. */
function parsedCharacters(receive: () => unknown): number {
  const parse = jest.spyOn(JSON, 'parse');
  try {
    receive();
  } catch {
    // refused
  }
  const characters = parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
  parse.mockRestore();
  return characters;
}

/** How many names and values a delivery lets the engine build. */
function builtValues(receive: () => unknown): number {
  const parse = jest.spyOn(JSON, 'parse');
  try {
    receive();
  } catch {
    // refused
  }
  const built = parse.mock.results.map(({ value }) => countValues(value)).reduce((sum, count) => sum + count, 0);
  parse.mockRestore();
  return built;
}

function writtenCharacters(body: Buffer): number {
  return receiveEnvelope(body).items.reduce((sum, item) => sum + item.json.length, 0);
}

const MANY: Array<[what: string, json: string]> = [
  ['nests', `[${`${'['.repeat(499)}${']'.repeat(499)},`.repeat(8_000)}1]`],
  ['names', `{${Array.from({ length: 600_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
  ['numbers', `[${'1,'.repeat(4_000_000)}1]`],
  ['empty lists', `[${'[],'.repeat(2_600_000)}1]`],
  ['objects', `[${'{"a":{}},'.repeat(850_000)}1]`],
  ['strings that end in a backslash', `[${'"\\\\",'.repeat(1_000_000)}1]`],
];

describe('a delivery of many values', () => {
  it.each(MANY)('is not parsed: %s', (_what, json) => {
    expect(builtValues(() => receiveEnvelope(envelopeOf(json)))).toBeLessThan(1_000);
    expect(builtValues(() => receiveStore(Buffer.from(json)))).toBeLessThan(1_000);
    const payload = payloadOf(envelopeOf(json));
    expect(payload).toMatch(/^This payload is of too many values to be parsed: /);
    expect(payload).toContain(json.slice(0, 9_000));
    expect(String(payload).length).toBeLessThan(11_000);
  });

  it('is parsed up to the limit, however many items it has', () => {
    const item = `{"type":"event"}\n[${'1,'.repeat(20_000)}1]\n`;
    const body = Buffer.from(`{}\n${item.repeat(50)}{"type":"event"}\n{"small":1}`);
    const built = builtValues(() => receiveEnvelope(body));
    expect(built).toBeGreaterThan(100_000);
    expect(built).toBeLessThan(160_000);
    const { items } = receiveEnvelope(body);
    expect(items).toHaveLength(51);
    expect(items.at(-1)?.json).toContain('{"small":1}');
  });

  it('such as a full batch of streamed spans is parsed', () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 18 }, (_, n) => [`attribute.${n}`, { type: 'string', value: 'x,:{[' }]),
    );
    const payload = { items: new Array(1_000).fill({ span_id: 'a', trace_id: 'b', name: 'GET /', attributes }) };
    expect(payloadOf(envelopeOf(JSON.stringify(payload)))).toEqual(payload);
  });
});

describe('what is written of a delivery', () => {
  it.each([
    ['is no JSON', '{"type":"event"}\n', 3],
    ['is attached', '{"type":"attachment"}\n', 20],
    ['is too long', '{"type":"event"}\n', 20],
  ])('that %s is limited in total, even if each character takes six', (_what, header, megabytes) => {
    const one = `${header}${'\u0001'.repeat((megabytes * 1_000_000) / 40)}\n`;
    expect(writtenCharacters(Buffer.from(`{}\n${one.repeat(40)}`))).toBeLessThan(13_000_000);
  });

  it('is not multiplied by an id that each attachment repeats', () => {
    const header = JSON.stringify({ event_id: 'x'.repeat(200_000) });
    expect(writtenCharacters(Buffer.from(`${header}\n${'{"type":"attachment"}\na\n'.repeat(900)}`))).toBeLessThan(
      500_000,
    );
  });

  it('keeps the beginning of text that is no JSON', () => {
    expect(payloadOf(envelopeOf(`no json ${'x'.repeat(3_000_000)}`))).toMatch(/^no json x{500000,600000}…$/);
  });
});

describe('a delivery', () => {
  it('of 10 MB of brackets is not parsed', () => {
    const deep = '['.repeat(10_000_000);
    expect(parsedCharacters(() => receiveEnvelope(envelopeOf(deep)))).toBeLessThan(1_000);
    expect(parsedCharacters(() => receiveStore(Buffer.from(deep)))).toBeLessThan(1_000);
    expect(parsedCharacters(() => receiveEnvelope(Buffer.from(deep)))).toBeLessThan(1_000);
  });

  it('that is nested deeply is shown in part, whatever brackets and quotes it mixes', () => {
    const deep = '{"\\"]}":['.repeat(2_000) + ']}'.repeat(2_000);
    expect(parsedCharacters(() => receiveEnvelope(envelopeOf(deep)))).toBeLessThan(1_000);
    expect(payloadOf(envelopeOf(deep))).toMatch(/^This payload is nested too deeply to be parsed: \{"\\"\]\}":\[/);
  });

  it('is parsed up to the limit, however many items it has', () => {
    const item = `{"type":"event"}\n${JSON.stringify({ text: 'x'.repeat(1_000_000) })}\n`;
    const body = Buffer.from(`{}\n${item.repeat(19)}`);
    const characters = parsedCharacters(() => receiveEnvelope(body));
    expect(characters).toBeGreaterThan(7_000_000);
    expect(characters).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(receiveEnvelope(body).items).toHaveLength(19);
  });

  it('with brackets in strings, and many side by side, is parsed', () => {
    const payload = { text: '[{"\\'.repeat(1_000), list: new Array(1_000).fill([[{}]]) };
    expect(payloadOf(envelopeOf(JSON.stringify(payload)))).toEqual(payload);
  });

  it('of empty lines is refused', () => {
    expect(() => receiveEnvelope(Buffer.from(`{}\n${'\n'.repeat(1_000_000)}`))).toThrow('more than 10000 empty lines');
  });

  it('with a header that no client writes is refused', () => {
    const header = JSON.stringify({ type: 'event', text: 'x'.repeat(300_000) });
    expect(() => receiveEnvelope(Buffer.from(`{}\n${header}\n{}`))).toThrow('longer than 256 KB');
    expect(() => receiveEnvelope(Buffer.from(`${header}\n`))).toThrow('longer than 256 KB');
  });
});
