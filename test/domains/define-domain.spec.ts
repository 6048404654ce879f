import { defineDomain } from '../../lib/domains/index';
import { ConfigurationError } from '../../lib/options/configuration-error';

const wrong: [string, unknown, unknown, RegExp][] = [
  ['no name', undefined, {}, /^defineDomain: received undefined; expected a name of letters.*Fix: name the domain/],
  ['an empty name', '', {}, /received ""/],
  ['a name with spaces', 'my domain', {}, /received "my domain"/],
  ['a name that is too long', 'a'.repeat(33), {}, /32 at most/],
  ['the name of a context of Sentry', 'trace', {}, /no context of Sentry/],
  ['the name of a context of this library', 'operation', {}, /no context of Sentry/],
  [
    'a built-in domain',
    'payment',
    { level: 'fatal' },
    /defineDomain\('payment'\): received "payment".*none of the built-in/,
  ],
  ['an unknown option', 'wrong', { tag: ['a'] }, /defineDomain\('wrong'\)\.tag: .*did you mean 'tags'/],
  ['options that are none', 'wrong', 'critical', /defineDomain\('wrong'\): received "critical"/],
  ['tags that are none', 'wrong', { tags: 'carrier' }, /\.tags: received "carrier"; expected names of properties/],
  ['a tag that is no value', 'wrong', { tags: { team: {} } }, /\.tags: received \{"team":\{\}\}/],
  ['an unknown level', 'wrong', { level: 'severe' }, /\.level: received "severe"; expected one of "fatal"/],
  ['critical that is none', 'wrong', { critical: 'yes' }, /\.critical: received "yes"; expected true or false/],
  [
    'a fingerprint that is none',
    'wrong',
    { fingerprint: 'all' },
    /\.fingerprint: received "all"; expected a list of texts/,
  ],
  ['a fingerprint with empty texts', 'wrong', { fingerprint: [''] }, /\.fingerprint: received \[""\]/],
];

test.each(wrong)(
  '%s is refused with what was received, what is expected and the fix',
  (_what, name, options, message) => {
    const define = () => defineDomain(name as string, options as object);
    expect(define).toThrow(ConfigurationError);
    expect(define).toThrow(message);
  },
);

test('defined again in the same words it is the same domain, in other words it is refused', () => {
  const define = (level: 'error' | 'info', part = 'a') =>
    defineDomain<{ carrier: string }>('twice', { level, fingerprint: (_error, data) => [part, String(data.carrier)] });
  expect(define('error')).toEqual({ name: 'twice' });
  expect(define('error')).toEqual({ name: 'twice' });
  expect(() => define('info')).toThrow(/defineDomain\('twice'\).*in other words/);
});
