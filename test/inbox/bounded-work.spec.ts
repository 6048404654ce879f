import { receiveEnvelope, receiveStore } from '../../lib/inbox/receiver.js';
import { type InboxItem } from '../../lib/inbox/inbox-item.js';

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
