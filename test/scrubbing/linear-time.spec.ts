import { compileScrubber } from '../../lib/scrubbing/index.js';
import { isFull, representative } from '../harness/scale';
import { STATED_UNITS } from './hostile-units';

/** Units that make rules start again and again, or look far for an end that does not come. */
const UNITS = [
  'a',
  '1',
  ' ',
  '=',
  ':',
  '"',
  "'",
  '\\',
  '%41',
  '%',
  '@',
  'a@',
  '@a.',
  '//',
  '//a:',
  'a:b@',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN ',
  'ey',
  'eyA',
  'ey-',
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.',
  'eyAAAAAAAAAAAAAAAAAAA..',
  'password',
  'password=',
  'password:"',
  'password=(',
  'password=[',
  '"password":{',
  'bearer ',
  'basic ',
  'digest ',
  'Token 1',
  'Token a',
  '1-',
  '1 ',
  '4111 ',
  '1.',
  '1.1.1.',
  ':',
  '::',
  'a:',
  'f:',
  '<a>',
  '<a ',
  '<password>',
  '<add key="',
  'name="',
  'content-disposition: form-data; name="a"',
  'content-disposition: form-data; name="a"\r\n',
  'insert into a (',
  "insert into a values ('",
  "select '",
  'identified by ',
  'like ',
  "a like '",
  '--a ',
  '--password ',
  "--password '",
  '-u a',
  '{',
  '[',
  '{"a":',
  '[[',
  'sk-',
  'sk_live_',
  'xoxb-',
  'xoxb-1',
  's.',
  'AKIA',
  'DE',
  'DE89',
  'DE89 3704 ',
  'hook',
  'hooks.slack.com/services/',
  'cookie: a=b;',
  'Cookie: ',
  '(',
  '("password",',
  '||',
  "a||'",
  '_',
  '-',
  '--',
  'A.',
  'é',
  '\u0000',
  '|',
  '~',
  '1234567890:A',
  'user-',
  '[Filtered',
  '[Filtered]',
  // what the rules for commands, manuals, YAML, entities, codes and vendors' names start with
  'mysql -p',
  'docker login -p x ',
  'curl -ua:',
  '-u :',
  'my password is ',
  'password is is is is ',
  'token "',
  'otp 1',
  'password: |\n',
  'password: |\n  a\n',
  'kind: Secret\ndata:\n',
  'kind: Secret\ndata:\n  a: b\n',
  '&quot;password&quot;:&quot;',
  '\\u0022token\\u0022:\\u0022',
  '&lt;password&gt;',
  '<password><![CDATA[',
  '<key>password</key><string>',
  'value="a" ',
  '<a value="',
  'eyJ',
  'eyJhIjoxfQ ',
  'MIIEvQIBADAN',
  '?code=',
  '&signature=',
  'state=code=',
  'algolia=',
  'token string = ',
  'SG.',
  'a.b/c+',
  'pat.',
  'live_',
  '"a b"@',
  'a@[',
  'a@xn--',
  'crypt(',
  "password = f('",
  "password = '''",
  '-----BEGIN PRIVATE KEY-----\\n',
  'oracle:thin:a/',
  'arn::secret:',
  '/password.ts:1',
  "['--password', ",
  '\\',
  '${',
  '%3D%20',
  ...STATED_UNITS,
];
/**
 * 1 MB in all at full scale. Lists of the words of a shorter text fit into V8's young generation, so that four times as
 * much takes more than four times as long.
 */
const QUARTER = (isFull ? 256 : 128) * 1024;
/** What takes less is not measured against itself. Microseconds. */
const NEGLIGIBLE = isFull ? 30_000 : 10_000;

function cost(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

describe('long texts of hostile units', () => {
  const scrubber = compileScrubber({ maxStringLength: 10_000_000, maxBytes: 100_000_000, maxWork: 1e12 });

  /** Linear is 4, quadratic 16. */
  it.each(representative(UNITS, (_unit, index) => index % 12 === 0))('%j takes time in proportion', (unit) => {
    const text = (length: number): string =>
      `key password 'x' select 1@a ${unit.repeat(Math.ceil(length / unit.length))}`;
    const [quarter, whole] = [text(QUARTER), text(4 * QUARTER)];
    scrubber.text(quarter.slice(0, 5_000));
    let [ratio, small, large] = [Infinity, Infinity, Infinity];
    // The least of several: a collection of garbage counts too.
    for (let attempt = 0; attempt < 8 && ratio >= 10; attempt++) {
      large = Math.min(
        large,
        cost(() => scrubber.text(whole)),
      );
      small = Math.min(
        small,
        cost(() => scrubber.text(quarter)),
      );
      ratio = large < NEGLIGIBLE ? 1 : large / Math.max(1, small);
    }
    expect(ratio).toBeLessThan(10);
  });
});
