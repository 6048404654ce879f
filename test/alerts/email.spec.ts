import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { email } from '../../lib/alerts';
import { digest, HOSTILE, notification } from './notification';

interface Mail {
  from: string;
  to: string[];
  headers: Record<string, string>;
  text: string;
  html: string;
}

let server: SMTPServer;
const mails: Mail[] = [];

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      done(password === 'p@ss' ? null : new Error(`Invalid login of ${username} with ${password}`), { user: username });
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push(
          parse(
            Buffer.concat(chunks).toString(),
            (mailFrom as any).address,
            rcptTo.map(({ address }) => address),
          ),
        );
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  mails.length = 0;
});
afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.close(resolve);
    }),
);

const port = () => (server.server.address() as AddressInfo).port;
const smtp = (login = '') => `smtp://${login}127.0.0.1:${port()}`;
const send = (channel: ReturnType<typeof email>, each = notification()) =>
  channel.send(each, AbortSignal.timeout(5_000));

/** The headers, and the two alternatives of the body. */
function parse(source: string, from: string, to: string[]): Mail {
  const [head = ''] = source.split('\r\n\r\n', 1);
  const headers = Object.fromEntries(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const part = (type: string) => {
    const [, encoding = '', body = ''] =
      new RegExp(`Content-Type: ${type}[^]*?Content-Transfer-Encoding: (\\S+)\\r\\n\\r\\n([^]*?)\\r\\n-+_NmP`).exec(
        source,
      ) ?? [];
    if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
    if (encoding !== 'quoted-printable') return body;
    const bytes = body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString();
  };
  return { from, to, headers, text: part('text/plain'), html: part('text/html') };
}

describe('a server on another machine', () => {
  /** It is this machine, under an address that does not say so. */
  const elsewhere = (query = '') => `smtp://0.0.0.0:${port()}${query}`;

  test('gets neither mail nor password without TLS', async () => {
    const channel = email({ smtp: elsewhere().replace('//', '//alerts:p%40ss@'), to: ['oncall@example.com'] });
    await expect(send(channel)).rejects.toThrow(/TLS/);
    expect(mails).toEqual([]);
  });

  test('gets them if it needs no TLS', async () => {
    await send(email({ smtp: elsewhere('?requireTLS=false'), to: ['oncall@example.com'] }));
    expect(mails).toHaveLength(1);
  });

  test('is not asked to ignore TLS', () => {
    expect(() => email({ smtp: elsewhere('?ignoreTLS=true'), to: ['oncall@example.com'] })).toThrow('ignoreTLS');
    expect(() => email({ smtp: `${smtp()}?ignoreTLS=true`, to: ['oncall@example.com'] })).not.toThrow();
  });
});

test('is HTML and text, from the sender to all recipients', async () => {
  await send(email({ smtp: smtp('alerts%40acme.com:p%40ss@'), to: ['a@acme.com', 'b@acme.com'] }));
  const [mail] = mails as [Mail];
  expect(mail).toMatchObject({ from: 'alerts@acme.com', to: ['a@acme.com', 'b@acme.com'] });
  expect(mail.headers.subject).toBe('[critical] 12 errors within 1m (production)');
  for (const body of [mail.text, mail.html]) {
    for (const part of ['TypeError: boom', '1.2.3', 'tenant', '2026-01-01T00:00:59.000Z', 'acme.sentry.io'])
      expect(body).toContain(part);
  }
});

test('a message cannot add headers, recipients or elements', async () => {
  const title = `${HOSTILE}<script>alert(1)</script>`;
  await send(
    email({ smtp: smtp(), to: ['a@acme.com'], from: 'Alerts <x@acme.com>' }),
    notification({ title, message: title, tags: { [title]: title } }),
  );
  const [mail] = mails as [Mail];
  expect(mail.to).toEqual(['a@acme.com']);
  expect(mail.headers.bcc).toBeUndefined();
  expect(mail.html).not.toMatch(/<script|<https|<!channel/);
  expect(mail.html).toContain('&lt;script&gt;');
});

test('a link that is no web address is no link', async () => {
  await send(email({ smtp: smtp(), to: ['a@acme.com'] }), notification({ url: 'javascript:alert(1)' }));
  expect(mails[0]!.html).not.toContain('href');
});

test('a digest lists its alerts', async () => {
  await send(email({ smtp: smtp(), to: ['a@acme.com'] }), digest(3, 7));
  for (const body of [mails[0]!.text, mails[0]!.html]) {
    expect(body).toContain('error 2');
    expect(body).toContain('and 7 more');
  }
});

test('an answer for good is final, and tried once', async () => {
  const refused = email({ smtp: smtp('user:wrong@'), to: ['a@acme.com'] });
  await expect(send(refused)).rejects.toMatchObject({ isFinal: true });
});

test('the query of the URL holds options of nodemailer, as it documents them', async () => {
  const secure = new SMTPServer({
    secure: true,
    authOptional: true,
    onData: (stream, _session, done) => {
      stream.resume().on('end', done);
    },
  });
  secure.on('error', () => undefined); // the client refuses its certificate
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const url = `smtps://127.0.0.1:${(secure.server.address() as AddressInfo).port}`; // with a certificate of its own
  await expect(send(email({ smtp: url, to: ['a@acme.com'] }))).rejects.toThrow(/certificate/);
  await send(email({ smtp: `${url}/?tls.rejectUnauthorized=false`, to: ['a@acme.com'] }));
  await new Promise<void>((resolve) => {
    secure.close(resolve);
  });
});

test('a wrong login and a server that is away reject', async () => {
  await expect(send(email({ smtp: smtp('user:wrong@'), to: ['a@acme.com'] }))).rejects.toThrow(
    /Invalid login of \[Filtered\] with \[Filtered\]/,
  );
  await expect(send(email({ smtp: 'smtp://127.0.0.1:1', to: ['a@acme.com'] }))).rejects.toThrow(/ECONNREFUSED/);
});

test('options of nodemailer are taken as they are', async () => {
  await send(email({ smtp: { host: '127.0.0.1', port: port(), secure: false }, to: ['a@acme.com'] }));
  expect(mails[0]!.from).toBe('a@acme.com');
});
