import { Pseudonyms } from '../../lib/scrubbing/cache/pseudonyms.js';
import { compileOptions } from '../../lib/scrubbing/compile-options.js';
import { CompiledScrubber } from '../../lib/scrubbing/compiled-scrubber.js';

const rules = compileOptions({}, { pseudonyms: new Pseudonyms('', '') });
const scrubber = new CompiledScrubber(rules);
/** Steps to scan one character. */
const SCAN = 20;

function stepsOf(text: string): number {
  scrubber.item('event', { extra: { text } });
  return rules.work.used;
}

beforeAll(() => {
  stepsOf('so that the names are known');
});

/** Each is new: what was clean before is remembered, and not read again. */
const perCharacter = (text: string): number => (stepsOf(text) - stepsOf('')) / text.length;

describe('a clean text takes no more than the scan', () => {
  it.each([
    ['a UUID with eight digits in a row', '83a4937a-b4d4-acbb-5997-8826e7ac5bc3'],
    ['a UUID with twelve', '83a4937a-b4d4-acbb-a826-126345678abc'],
    ['a number of twelve digits', 'order 123456789012 was shipped'],
    ['a range of dates', '2026-01-15 to 2026-02-15'],
    ['a sentence', 'the invoice could not be printed in time so the agent moved it'],
  ])('%s', (_name, text) => {
    expect(perCharacter(text)).toBeLessThanOrEqual(SCAN);
  });
});

describe('rules that need white space do not read a text without', () => {
  it('a URL', () => {
    perCharacter('https://api.example/v2/parcels/426db568-70f0-280d-31ab-4c23f3e4a1b2?page=20'); // its names are learnt
    const url = perCharacter('https://api.example/v2/parcels/526db568-70f0-280d-31ab-4c23f3e4a1b3?page=21');
    const spaced = perCharacter('https://api.example/v2/parcels/626db568-70f0-280d-31ab-4c23f3e4a1b4?page= 1');
    expect(spaced - url).toBeGreaterThan(7);
  });
});

describe('what the scan has to see', () => {
  it.each([
    ['a PEM key right after a word', 'pem-----BEGIN RSA PRIVATE KEY-----\nabcdefgh', '[Filtered:pem]'],
    ['a hash of LDAP beside an id', 'entry 12345678 {SSHA}abcdefghijklmnopqrstuvwx', '[Filtered:hash]'],
    ['a card of fourteen digits', 'paid 3056 930902 5904 today', '[Filtered:card]'],
    ['a social security number', 'his is 123-45-6789', '[Filtered:ssn]'],
    ['an IBAN with few digits', 'to MT84MALTABCDEFGHIJKLMTLCASTXYZS now', '[Filtered:iban]'],
    ['a printed IBAN', 'to GB82 WEST 1234 5698 7654 32 now', '[Filtered:iban]'],
  ])('%s', (_name, text, marker) => {
    const { extra } = scrubber.item('event', { extra: { text } }) as { extra: { text: string } };
    expect(extra.text).toContain(marker);
  });
});
