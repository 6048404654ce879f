import { defineDomain } from '../../lib/domains/index';
import { ConfigurationError } from '../../lib/options/configuration-error';

const wrong: [string, unknown, unknown, RegExp][] = [
  [
    'no name',
    undefined,
    {},
    /^defineDomain: received undefined; expected a name of at most 32 letters.*Fix: use a name/,
  ],
  ['an empty name', '', {}, /received ""/],
  ['a name with spaces', 'my domain', {}, /received "my domain"/],
  ['a name that is too long', 'a'.repeat(33), {}, /at most 32/],
  ['the name of a Sentry context', 'trace', {}, /other than contexts of Sentry/],
  ['the name of a context of this library', 'operation', {}, /other than contexts of Sentry/],
  [
    'a built-in domain',
    'payment',
    { level: 'fatal' },
    /defineDomain\('payment'\): received "payment".*not a built-in domain/,
  ],
  ['an unknown option', 'wrong', { tag: ['a'] }, /defineDomain\('wrong'\)\.tag: .*did you mean 'tags'/],
  ['options that are not an object', 'wrong', 'critical', /defineDomain\('wrong'\): received "critical"/],
  [
    'tags of a wrong type',
    'wrong',
    { tags: 'carrier' },
    /\.tags: received "carrier"; expected an array of property names/,
  ],
  ['a tag that is not a primitive', 'wrong', { tags: { team: {} } }, /\.tags: received \{"team":\{\}\}/],
  ['an unknown level', 'wrong', { level: 'severe' }, /\.level: received "severe"; expected one of "fatal"/],
  ['critical of a wrong type', 'wrong', { critical: 'yes' }, /\.critical: received "yes"; expected true or false/],
  [
    'a fingerprint of a wrong type',
    'wrong',
    { fingerprint: 'all' },
    /\.fingerprint: received "all"; expected an array of strings/,
  ],
  ['a fingerprint with empty strings', 'wrong', { fingerprint: [''] }, /\.fingerprint: received \[""\]/],
];

test.each(wrong)(
  '%s is rejected with what was received, what is expected and the fix',
  (_what, name, options, message) => {
    const define = () => defineDomain(name as string, options as object);
    expect(define).toThrow(ConfigurationError);
    expect(define).toThrow(message);
  },
);

test('redefining a domain is accepted with the same options and rejected with others', () => {
  const define = (level: 'error' | 'info', part = 'a') =>
    defineDomain<{ carrier: string }>('twice', { level, fingerprint: (_error, data) => [part, String(data.carrier)] });
  expect(define('error')).toEqual({ name: 'twice' });
  expect(define('error')).toEqual({ name: 'twice' });
  expect(() => define('info')).toThrow(/defineDomain\('twice'\).*not defined with other options/);
});
