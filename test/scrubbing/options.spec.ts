import { ConfigurationError } from '../../lib/options/configuration-error.js';
import type { ScrubbingOptions } from '../../lib/options/scrubbing-options.js';
import { compileScrubber } from '../../lib/scrubbing/index.js';

const extra = (options: ScrubbingOptions, value: Record<string, unknown>): Record<string, unknown> =>
  (compileScrubber(options).item('event', { extra: value }) as { extra: Record<string, unknown> }).extra;

describe('pseudonyms', () => {
  const text = 'jo@shop.example from 203.0.113.9';

  it('are the same for the same key, release and address, in any letter case, and keep the form', () => {
    const one = compileScrubber({ pseudonymKey: 'k' }, { release: '1' });
    const other = compileScrubber({ pseudonymKey: 'k' }, { release: '1' });
    expect(one.text(text)).toBe(other.text(text));
    expect(one.text('JO@shop.example')).toBe(one.text('jo@shop.example'));
    expect(one.text(text)).toMatch(/^user-[0-9a-f]{12}@pseudonym\.invalid from 2(?:4\d|5[0-5])(?:\.\d{1,3}){3}$/);
    expect(one.text(one.text(text))).toBe(one.text(text));
  });

  it('differ between keys, releases and processes without a key', () => {
    const seen = [
      compileScrubber({ pseudonymKey: 'k' }, { release: '1' }),
      compileScrubber({ pseudonymKey: 'l' }, { release: '1' }),
      compileScrubber({ pseudonymKey: 'k' }, { release: '2' }),
      compileScrubber(),
      compileScrubber(),
    ].map((scrubber) => scrubber.text(text));
    expect(new Set(seen).size).toBe(5);
  });

  it.each([
    ['keep', text],
    ['redact', '[Filtered:email] from [Filtered:ip]'],
  ] as const)('%s', (pii, expected) => {
    expect(compileScrubber({ pii }).text(text)).toBe(expected);
  });

  it('one mode for each kind', () => {
    expect(compileScrubber({ pii: { email: 'keep', ip: 'redact' } }).text(text)).toBe(
      'jo@shop.example from [Filtered:ip]',
    );
  });
});

describe('own rules', () => {
  it('keys, in any style, by whole words', () => {
    const given = {
      taxNumber: 'a',
      CUSTOMER_TAX_NUMBER: 'b',
      'tax-number': 'c',
      taxNumbering: 'd',
      text: 'tax_number=e1',
    };
    expect(extra({ keys: ['tax number'] }, given)).toEqual({
      taxNumber: '[Filtered]',
      CUSTOMER_TAX_NUMBER: '[Filtered]',
      'tax-number': '[Filtered]',
      taxNumbering: 'd',
      text: 'tax_number=[Filtered]',
    });
  });

  it('safe keys are not judged by name, their texts are', () => {
    expect(extra({ safeKeys: ['auth_mode'] }, { authMode: 'oidc', auth: 'x' })).toEqual({
      authMode: 'oidc',
      auth: '[Filtered]',
    });
    expect(extra({ safeKeys: ['auth_mode'] }, { authMode: 'Bearer abcdef123' })).toEqual({
      authMode: 'Bearer [Filtered:bearer]',
    });
  });

  it('patterns', () => {
    expect(extra({ patterns: [{ name: 'member', pattern: /MB-\d{6}/i }] }, { note: 'mb-123456, MB-654321' })).toEqual({
      note: '[Filtered:member], [Filtered:member]',
    });
  });

  it('paths: remove and keep, with wildcards', () => {
    const scrubber = compileScrubber({ paths: { 'extra.*.note': 'remove', 'extra.build': 'keep' } });
    expect(
      scrubber.item('event', {
        extra: { a: { note: 'x', other: 'y' }, build: { token: 'abc', list: ['jo@shop.example'] } },
      }),
    ).toMatchObject({
      extra: { a: { note: '[Filtered:path]', other: 'y' }, build: { token: 'abc', list: ['jo@shop.example'] } },
    });
  });

  it('a function, behind the built-in rules and with the same guarantees', () => {
    const scrubber = compileScrubber({
      custom: (value, path) => {
        if (path === 'extra.boom') throw new Error('mine');
        if (path === 'extra.gone') return undefined;
        return path === 'extra.swap' ? 'password=hunter2' : value;
      },
    });
    expect(
      scrubber.item('event', { extra: { boom: 'a', gone: 'b', swap: 'c', stays: 'd', password: 'e' } }),
    ).toMatchObject({
      extra: {
        boom: '[Filtered:custom]',
        gone: '[Filtered:custom]',
        swap: 'password=[Filtered]',
        stays: 'd',
        password: '[Filtered]',
      },
    });
    expect(scrubber.faults).toBe(1);
  });
});

describe('wrong options', () => {
  it.each([
    ['scrubbing.pii', { pii: 'hash' }],
    ['scrubbing.pii', { pii: { shoeSize: 'keep' } }],
    ['scrubbing.keys[0]', { keys: [1] }],
    ['scrubbing.pattern', { pattern: [] }],
    ['scrubbing.patterns[0].pattern', { patterns: [{ name: 'x', pattern: 'abc' }] }],
    ['scrubbing.patterns[0].name', { patterns: [{ name: 'No Label', pattern: /abc/ }] }],
    ['scrubbing.patterns[0].pattern', { patterns: [{ name: 'x' }] }],
    ['scrubbing.paths.extra..note', { paths: { 'extra..note': 'remove' } }],
    ['scrubbing.paths.extra', { paths: { extra: 'hide' } }],
    ['scrubbing.custom', { custom: 'x' }],
    ['scrubbing.maxDepth', { maxDepth: 0 }],
    ['scrubbing.maxBytes', { maxBytes: 10 }],
  ])('%s', (path, options) => {
    let thrown: unknown;
    try {
      compileScrubber(options as ScrubbingOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigurationError);
    expect((thrown as ConfigurationError).path).toBe(path);
  });

  it.each([/(a+)+b/, /(\w+\s?)*$/, /^(.*)*x/, /(a)\1/, /x*/, /\d+x/, /(a|aa)+c/, /.*.*=/])(
    '%s is refused: it can take more than linear time',
    (pattern) => {
      expect(() => compileScrubber({ patterns: [{ name: 'x', pattern }] })).toThrow(ConfigurationError);
    },
  );

  it.each([
    /MB-\d{6}/,
    /\bACME_[A-Za-z0-9]{20,40}\b/,
    /customer:[a-f0-9]+/,
    /(?:iban|bic) [A-Z0-9]{8,30}/i,
    /[A-Z]{2}\d{9}/,
  ])('%s is accepted', (pattern) => {
    expect(() => compileScrubber({ patterns: [{ name: 'x', pattern }] })).not.toThrow();
  });
});

describe('what it says about itself', () => {
  it('inspect: output and removals with path and rule', () => {
    expect(compileScrubber().inspect({ user: { password: 'x' }, note: 'card 4111 1111 1111 1111' })).toEqual({
      output: { user: { password: '[Filtered]' }, note: 'card [Filtered:card]' },
      removed: [
        { path: 'user.password', rule: '@password' },
        { path: 'note', rule: '@creditcard' },
      ],
    });
  });

  it('_meta in the form of Relay, without secrets in its keys', () => {
    const sent = compileScrubber().item('event', {
      request: { data: { password: 'hunter2' } },
      extra: { AKIAW3VJ4R54MY7QSEWP: { token: 'abc' } },
    });
    expect(sent).toMatchObject({
      _meta: { request: { data: { password: { '': { rem: [['@password', 's', 0, 10]], len: 7 } } } } },
    });
    expect(JSON.stringify(sent)).not.toContain('AKIAW3VJ4R54MY7QSEWP');
  });

  it('explain', () => {
    const scrubber = compileScrubber();
    expect(scrubber.explain('hunter2', 'dbPassword')).toMatchObject({
      output: '[Filtered]',
      removed: true,
      rule: '@password',
    });
    expect(scrubber.explain('x 4111 1111 1111 1111')).toMatchObject({
      output: 'x [Filtered:card]',
      removed: true,
      rule: '@creditcard',
    });
    expect(scrubber.explain('Ursula', 'author')).toMatchObject({ output: 'Ursula', removed: false });
    expect(scrubber.explain('true', 'password')).toMatchObject({ output: 'true', removed: false });
  });

  it('counts what it removed', () => {
    const scrubber = compileScrubber();
    scrubber.item('event', { extra: { a: 1, password: 'x', note: 'Bearer abcdefgh1' } });
    expect(scrubber.removedCount).toBe(2);
  });
});

describe('headers and attachments', () => {
  it('header: ids, times and the public key stay, a secret in the trace goes', () => {
    const header = {
      event_id: 'e1',
      sent_at: '2026-01-01T00:00:00Z',
      dsn: 'https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/1',
      trace: { trace_id: 't', public_key: 'abc', transaction: 'GET /x?token=hunter2', user_segment: 'jo@shop.example' },
    };
    const sent = compileScrubber().header(header) as { trace: Record<string, unknown> };
    expect(sent).toMatchObject({
      event_id: 'e1',
      sent_at: header.sent_at,
      dsn: header.dsn,
      trace: { trace_id: 't', public_key: 'abc', transaction: 'GET /x?token=[Filtered]' },
    });
    expect(JSON.stringify(sent)).not.toContain('jo@shop');
    const clean = { type: 'event', length: 5 };
    expect(compileScrubber().header(clean)).toBe(clean);
  });

  it('bytes: text is scrubbed, other bytes stay', () => {
    const scrubber = compileScrubber();
    const text = new TextEncoder().encode('DB_PASSWORD=hunter2\nPORT=3000');
    expect(new TextDecoder().decode(scrubber.item('attachment', text) as Uint8Array)).toBe(
      'DB_PASSWORD=[Filtered]\nPORT=3000',
    );
    const image = Uint8Array.from([137, 80, 78, 71, 255, 254, 0, 1]);
    expect(scrubber.item('attachment', image)).toBe(image);
    const latin1 = Buffer.from('Schlüssel: password=hunter2', 'latin1');
    expect(Buffer.from(scrubber.item('attachment', latin1) as Uint8Array).toString('latin1')).toBe(
      'Schlüssel: password=[Filtered]',
    );
    expect(scrubber.item('event', '{"extra":{"password":"x"}}')).toContain('"password":"[Filtered]"');
  });

  /** What looks like a secret in Latin-1, and more bytes than could be scanned. */
  const noise = Buffer.concat([
    Buffer.from('\xff\0password=hunter2\n ada@shop.example ', 'latin1'),
    Buffer.alloc(4_000_000, 0xe9),
  ]);
  it.each([
    ['PNG', '\x89PNG\r\n\x1a\n'],
    ['JPEG', '\xff\xd8\xff\xe0'],
    ['GIF', 'GIF89a'],
    ['WebP', 'RIFF\x01\x02\x03\x04WEBP'],
    ['WebM', '\x1a\x45\xdf\xa3'],
    ['MP4', '\0\0\0\x20ftypisom'],
    ['gzip', '\x1f\x8b\x08'],
    ['zip', 'PK\x03\x04'],
    ['zlib', 'x\x9c'],
  ])('compressed bytes stay: %s', (_format, start) => {
    const bytes = Buffer.concat([Buffer.from(start, 'latin1'), noise]);
    expect(compileScrubber().item('attachment', bytes)).toBe(bytes);
  });

  it('text that begins like compressed bytes is text', () => {
    const sent = compileScrubber().item('attachment', Buffer.from('GIF89a password=hunter2'));
    expect(Buffer.from(sent as Uint8Array).toString()).toBe('GIF89a password=[Filtered]');
  });

  it('of a recording of a replay, all that is not compressed is scrubbed', () => {
    const scrubbed = (bytes: Buffer) => Buffer.from(compileScrubber().item('replay_recording', bytes) as Uint8Array);
    const head = Buffer.from('{"segment_id":0}\n');
    const compressed = Buffer.concat([Buffer.from('x\x9c', 'latin1'), noise]);
    expect(scrubbed(Buffer.concat([head, compressed])).equals(Buffer.concat([head, compressed]))).toBe(true);
    const told = Buffer.from('{"segment_id":0,"password":"hunter2"}\n');
    const clean = Buffer.from('{"segment_id":0,"password":"[Filtered]"}\n');
    expect(scrubbed(Buffer.concat([told, compressed])).equals(Buffer.concat([clean, compressed]))).toBe(true);
    const events = Buffer.from('[{"type":5,"data":{"href":"/?token=hunter2"}}]');
    expect(scrubbed(Buffer.concat([head, events])).toString()).toBe(
      '{"segment_id":0}\n[{"type":5,"data":{"href":"/?token=[Filtered]"}}]',
    );
  });
});

describe('inspect knows an item by its fields', () => {
  it.each([
    [
      'a log',
      { body: 'x', level: 'info', trace_id: 'token=1', attributes: { tokenCount: { value: 3, type: 'integer' } } },
    ],
    ['logs', { items: [{ body: 'x', level: 'info', attributes: { max_tokens: { value: 3, type: 'integer' } } }] }],
    ['a transaction', { type: 'transaction', transaction: 'GET /users/:id', release: 'api@1.2.3.4' }],
    ['a span', { span_id: 'a', start_timestamp: 1, op: 'token=1', attributes: {} }],
    ['a metric', { type: 'counter', name: 'token=1', value: 1, attributes: {} }],
    ['a check-in', { check_in_id: 'a', monitor_slug: 'token=1', status: 'ok' }],
  ])('%s: names of the protocol stay', (_name, item) => {
    expect(compileScrubber().inspect(item)).toEqual({ output: item, removed: [] });
  });

  it('a log with a secret attribute keeps the form of the attribute', () => {
    const item = { body: 'x', level: 'info', attributes: { api_key: { value: 'abc', type: 'string' } } };
    expect(compileScrubber().inspect(item).output).toMatchObject({
      attributes: { api_key: { value: '[Filtered]', type: 'string' } },
    });
  });
});

describe('rules for single places inside a body, which travels as the text that it was', () => {
  const body = (data: object) => ({ request: { data: JSON.stringify(data) } });

  test('a path is removed or kept, and the built-in rules hold beside it', () => {
    const scrubber = compileScrubber({ paths: { 'request.data.note': 'remove', 'request.data.build.*': 'keep' } });
    const given = { note: 'hello', build: { token: 'abc' }, password: 'hunter2', lines: ['ok'] };
    const { request } = scrubber.item('event', body(given)) as ReturnType<typeof body>;
    expect(JSON.parse(request.data)).toEqual({ ...given, note: '[Filtered:path]', password: '[Filtered]' });
    const kept = body({ build: { token: 'abc' } });
    expect(scrubber.item('event', kept)).toBe(kept);
  });

  test('a function sees the values with their paths', () => {
    const scrubber = compileScrubber({
      custom: (value, path) => (path === 'request.data.lines.0.note' ? undefined : value),
    });
    const { request } = scrubber.item('event', body({ lines: [{ note: 'hello' }] })) as ReturnType<typeof body>;
    expect(JSON.parse(request.data)).toEqual({ lines: [{ note: '[Filtered:custom]' }] });
  });
});

describe('the address that a person leaves with feedback', () => {
  const feedback = {
    type: 'feedback',
    contexts: { feedback: { name: 'Jane', contact_email: 'jane@shop.example', message: 'ask jo@shop.example' } },
  };
  const contact = (options: ScrubbingOptions) =>
    (compileScrubber(options).item('feedback', feedback) as typeof feedback).contexts.feedback;

  it.each<[ScrubbingOptions, unknown]>([
    [{}, 'jane@shop.example'],
    [{ pii: 'keep' }, 'jane@shop.example'],
    [{ pii: { ip: 'redact' } }, 'jane@shop.example'],
    [{ pii: 'redact' }, '[Filtered:email]'],
    [{ pii: { email: 'pseudonym' } }, expect.stringMatching(/@pseudonym\.invalid$/)],
  ])('with %j it is %s', (options, address) => {
    expect(contact(options).contact_email).toEqual(address);
  });

  it('is the only one that stays', () => {
    expect(contact({}).message).not.toContain('jo@shop.example');
  });
});

test('addresses of the server itself stay, except where that of a person is expected', () => {
  const scrubber = compileScrubber({ pseudonymKey: 'k' }, { isOwnAddress: (address) => address === '10.1.2.3' });
  const event = (address: string) => ({
    request: { url: `http://${address}:3000/cats`, headers: { Host: `${address}:3000` } },
    user: { ip_address: address },
  });
  const own = scrubber.item('event', event('10.1.2.3')) as ReturnType<typeof event>;
  expect(own.request).toEqual(event('10.1.2.3').request);
  expect(own.user.ip_address).not.toBe('10.1.2.3');
  expect(JSON.stringify(scrubber.item('event', event('10.1.2.4')))).not.toContain('10.1.2.4');
  expect(scrubber.header({ trace: { transaction: 'GET 10.1.2.3' } })).toEqual({
    trace: { transaction: 'GET 10.1.2.3' },
  });
});
