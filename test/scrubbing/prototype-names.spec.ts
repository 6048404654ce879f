import { compileScrubber } from '../../lib/scrubbing/index.js';

const MEMBERS = Object.getOwnPropertyNames(Object.prototype);
const SECRET = 'Marble-otter52';
/** How applications write two words as one name. */
const joined = (first: string, second: string): string[] => [
  `${first}_${second}`,
  `${first}.${second}`,
  first + second.charAt(0).toUpperCase() + second.slice(1),
];

/** Every object inherits these names: no table may be asked for them as for one of its own. */
describe.each(MEMBERS)('%s', (member) => {
  const names = [member, ...joined('password', member), ...joined(member, 'token'), ...joined('city', member)];
  const texts = names.flatMap((name) => [
    `${name}: ${SECRET}`,
    `${name}=${SECRET}`,
    `{ property: '${name}', value: '${SECRET}' }`,
    `{"name":"${name}","${name}":"${SECRET}"}`,
    `"${name}" must be a number (was "${SECRET}")`,
    `Client.prototype.${name} = Client;`,
    `INSERT INTO users (${name}) VALUES (?) -- PARAMETERS: ["${SECRET}"]`,
    `tool --${name} ${SECRET} [Filtered:${member}]`,
    `HSET user:7 ${name} ${SECRET}`,
  ]);

  it('is the name of no fault', () => {
    const scrubber = compileScrubber({ pii: { email: 'pseudonym', ip: 'pseudonym', phone: 'redact', name: 'redact' } });
    for (const name of names) {
      const value = JSON.parse(`{"${name}":"x","${member}":{"${name}":["${member}",7]}}`) as unknown;
      for (const item of [
        { extra: { value }, tags: { [name]: 'x' }, contexts: { [member]: { [name]: 'x' } } },
        { request: { cookies: { [name]: 'x' }, headers: { [name]: 'x' }, data: value } },
        { extra: { list: [[name, 'x']], entry: { property: name, value: 'x', [member]: name } } },
      ])
        expect(JSON.stringify(scrubber.item('event', item))).not.toMatch(/fault|unreadable/);
      expect(typeof scrubber.explain('x', name).reason).toBe('string');
    }
    for (const text of texts) {
      const sent = scrubber.text(text);
      expect(sent).not.toContain('fault');
      expect(scrubber.text(sent)).toBe(sent);
      expect(typeof (scrubber.explain(text).rule ?? '')).toBe('string');
      expect(typeof (scrubber.explain(sent).rule ?? '')).toBe('string');
    }
    expect(scrubber.faults).toBe(0);
  });

  it('hides no secret and loses nothing else', () => {
    const scrubber = compileScrubber();
    for (const name of joined('password', member))
      expect(JSON.stringify(scrubber.item('event', { extra: { [name]: SECRET } }))).not.toContain(SECRET);
    const harmless = { extra: Object.fromEntries(joined('city', member).map((name) => [name, 'Bergen'])) };
    expect(scrubber.item('event', harmless)).toEqual(harmless);
  });
});
