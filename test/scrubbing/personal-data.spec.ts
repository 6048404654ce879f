import { compileScrubber } from '../../lib/scrubbing/index.js';
import type { PersonalData, PiiMode } from '../../lib/options/scrubbing-options.js';

const KINDS = ['phone', 'nationalId', 'birthDate', 'postalAddress', 'name', 'geolocation', 'mac'] as const;
const all = (mode: PiiMode): PersonalData => Object.fromEntries(KINDS.map((kind) => [kind, mode]));

const UNDER_NAMES: readonly (readonly [kind: string, name: string, value: unknown])[] = [
  ['phone', 'mobilePhone', '22123456'],
  ['phone', 'customer_phone_number', 22123456],
  ['national-id', 'passportNumber', 'C01X00T47'],
  ['birth-date', 'dateOfBirth', '1990-02-03'],
  ['postal-address', 'shippingAddress', 'Nygata 4'],
  ['postal-address', 'zipCode', '5003'],
  ['name', 'lastName', 'Nordmann'],
  ['geolocation', 'latitude', 60.3913],
  ['mac', 'macAddress', '00:1b:44:11:3a:b7'],
];
const IN_TEXTS: readonly (readonly [kind: string, value: string])[] = [
  ['phone', '+47 22 12 34 56'],
  ['phone', '+1 (555) 010-9999'],
  ['phone', '(555) 010-9999'],
  ['national-id', '12345678Z'],
  ['national-id', 'X1234567L'],
  ['national-id', '529.982.247-25'],
  ['national-id', '11010519491231002X'],
  ['national-id', '44051401359'],
  ['national-id', '131052-308T'],
  ['geolocation', '60.391262, 5.322054'],
  ['mac', '00:1b:44:11:3a:b7'],
];
const NEAR_MISSES = [
  '12345678A',
  '529.982.247-24',
  '110105194912310021',
  '44051401358',
  '1.2345, 6.7',
  '12:30:45',
  'order 555-010',
  'v1.2.3',
];

describe('further personal data', () => {
  it('stays by default, and with one mode for e-mail and IP addresses', () => {
    for (const options of [{}, { pii: 'redact' as const }]) {
      const scrubber = compileScrubber(options);
      const extra = Object.fromEntries(UNDER_NAMES.map(([, name, value]) => [name, value]));
      expect(scrubber.item('event', { extra })).toEqual({ extra });
      for (const [, value] of IN_TEXTS) expect(scrubber.text(`found ${value} here`)).toBe(`found ${value} here`);
    }
  });

  it.each(UNDER_NAMES)('%s: %s is replaced', (kind, name, value) => {
    const sent = compileScrubber({ pii: all('redact') }).item('event', { extra: { [name]: value } }) as {
      extra: object;
    };
    expect(sent.extra).toEqual({ [name]: `[Filtered:${kind}]` });
    const pseudonym = compileScrubber({ pii: all('pseudonym'), pseudonymKey: 'k' });
    const first = pseudonym.item('event', { extra: { [name]: value } });
    expect((first as { extra: Record<string, string> }).extra[name]).toMatch(new RegExp(`^${kind}-[0-9a-f]{12}$`));
    expect(pseudonym.item('event', JSON.parse(JSON.stringify(first)))).toEqual(first);
    expect(pseudonym.explain(String(value), name)).toMatchObject({ removed: true, rule: `@${kind}` });
  });

  it.each(IN_TEXTS)('%s in a text: %s', (kind, value) => {
    expect(compileScrubber({ pii: all('redact') }).text(`found ${value} here`)).toBe(`found [Filtered:${kind}] here`);
    const { output, removed } = compileScrubber({ pii: all('pseudonym') }).inspect({ note: `found ${value} here` });
    expect(JSON.stringify(output)).not.toContain(value);
    expect(removed).toEqual([{ path: 'note', rule: `@${kind}` }]);
  });

  it.each(NEAR_MISSES)('near miss: %s stays', (value) => {
    expect(compileScrubber({ pii: all('redact') }).text(`found ${value} here`)).toBe(`found ${value} here`);
  });

  it('one kind does not touch the others', () => {
    const extra = { phone: '22123456', lastName: 'Nordmann' };
    expect(compileScrubber({ pii: { phone: 'redact' } }).item('event', { extra })).toMatchObject({
      extra: { phone: '[Filtered:phone]', lastName: 'Nordmann' },
    });
  });

  it('a wrong mode or kind is refused', () => {
    expect(() => compileScrubber({ pii: { phone: 'hide' as never } })).toThrow(/scrubbing\.pii/);
    expect(() => compileScrubber({ pii: { shoeSize: 'redact' } as never })).toThrow(/scrubbing\.pii/);
  });
});
