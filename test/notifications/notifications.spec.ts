import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { AppProcess } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms } from '../harness/scale';

const EMAIL = /^user-[0-9a-f]{12}@pseudonym\.invalid$/;
const OTHER = /^(phone|recipient)-[0-9a-f]{12}$/;
/** What must not leave: texts of messages, and recipients. */
const SECRET =
  /secret (body|subject|name)|the-secret-endpoint|(alice|unknown|slow)@example\.com|\+1555|15551234|device-token|shop-mailer|secret-password/;

/** Knows every mailbox but `unknown`, and takes its time for `slow`. */
function mailServer(): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: ({ username }, _session, done) => {
      done(Object.assign(new Error(`5.7.8 Error: authentication failed for ${username}`), { responseCode: 535 }));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('unknown'))
        done(Object.assign(new Error(`5.1.1 <${address}>: Recipient address rejected`), { responseCode: 550 }));
      else setTimeout(done, address.startsWith('slow') ? 700 : 0);
    },
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => {
        done();
      });
    },
  });
}

/** SendGrid's API, which refuses mail to `unknown`. */
function sendgridServer(): Server {
  return createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const isRefused = body.includes('unknown');
      const errors = [{ message: 'Does not contain a valid address.', field: 'personalizations.0.to', help: null }];
      response.writeHead(isRefused ? 400 : 202, { 'content-type': 'application/json' });
      response.end(isRefused ? JSON.stringify({ errors }) : '');
    });
  });
}

const listening = (server: { listen(...args: any[]): unknown }): Promise<void> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

describe.each(lanesAndPlatforms)('notifications, lane %s on %s', (lane, PLATFORM) => {
  const smtp = mailServer();
  const sendgrid = sendgridServer();
  let receiver: Receiver;
  let app: AppProcess;
  let env: Record<string, string>;

  beforeAll(async () => {
    receiver = await Receiver.start();
    await Promise.all([listening(smtp), listening(sendgrid)]);
    env = {
      PLATFORM,
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'test',
      SMTP_PORT: String((smtp.server.address() as AddressInfo).port),
      SENDGRID_URL: `http://127.0.0.1:${(sendgrid.address() as AddressInfo).port}`,
    };
    app = await AppProcess.start({ lane, app: 'notifications', env });
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    smtp.close();
    sendgrid.close();
  });

  const events = async (path: string, at = app): Promise<any[]> => {
    receiver.clear();
    await (await fetch(`${at.url}/${path}`)).text();
    const { faults } = await at.status();
    expect(faults).toEqual({});
    // The URL of a call belongs to the breadcrumb and the span of the call.
    expect(JSON.stringify(receiver.items).replaceAll(/[^"]*\/push\/[^"]*/g, '')).not.toMatch(SECRET);
    return receiver.events;
  };
  const deliveries = (event: any): any[] =>
    (event.breadcrumbs ?? []).filter(({ category }: any) => category === 'notification');

  test.each([
    ['mail?to=alice', 'email', 'nodemailer', EMAIL],
    ['mail-callback?to=alice', 'email', 'nodemailer', EMAIL],
    ['mailer?to=alice', 'email', 'nodemailer', EMAIL],
    ['sms?to=phone', 'sms', 'twilio', OTHER],
    ['sendgrid?to=alice', 'email', 'sendgrid', EMAIL],
    ['fcm?to=device', 'push', 'fcm', OTHER],
    ['expo?to=expo', 'push', 'expo', OTHER],
  ])('%s is one breadcrumb', async (path, channel, provider, recipient) => {
    const [event, ...others] = await events(path);
    expect(others).toEqual([]);
    expect(event.tags.domain).toBeUndefined();
    const [delivery, ...more] = deliveries(event);
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({ message: `${channel} sent`, level: 'info', data: { provider, channel } });
    expect(delivery.data.recipient).toMatch(recipient);
    expect(delivery.data.duration).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ['mail?to=unknown', 'nodemailer', 'EENVELOPE', EMAIL, ['nodemailer', 'EENVELOPE', '550']],
    ['mail-callback?to=unknown', 'nodemailer', 'EENVELOPE', EMAIL, ['nodemailer', 'EENVELOPE', '550']],
    ['mailer?to=unknown', 'nodemailer', 'EENVELOPE', EMAIL, ['nodemailer', 'EENVELOPE', '550']],
    ['handled?to=unknown', 'nodemailer', 'EENVELOPE', EMAIL, ['nodemailer', 'EENVELOPE', '550']],
    ['sms?to=wrong-phone', 'twilio', '21211', OTHER, ['twilio', '21211', '400']],
    ['mail-login?to=alice', 'nodemailer', 'EAUTH', EMAIL, ['nodemailer', 'EAUTH', '535']],
    ['sendgrid?to=unknown', 'sendgrid', 'personalizations.0.to', EMAIL, undefined],
    ['fcm?to=gone-device', 'fcm', 'messaging/registration-token-not-registered', OTHER, undefined],
    ['web-push', 'web-push', 'ECONNREFUSED', OTHER, undefined],
    ['captured?to=alice', 'post', 'closed', EMAIL, ['post', 'closed']],
  ])('the failure of %s is an error of the domain', async (path, provider, code, recipient, fingerprint) => {
    const [event, ...others] = await events(path);
    expect(others).toEqual([]);
    expect(event.tags).toMatchObject({
      domain: 'notification',
      'notification.provider': provider,
      'notification.code': code,
    });
    expect(event.contexts.notification).toMatchObject({ provider, code });
    expect(event.contexts.notification.recipient).toMatch(recipient);
    if (fingerprint) expect(event.fingerprint).toEqual(['notification', ...fingerprint]);
    if (provider !== 'post') expect(deliveries(event)).toMatchObject([{ message: expect.stringMatching(/ failed$/) }]);
  });

  test('what a provider says about a recipient or a login leaves without them, wherever it is quoted', async () => {
    const [sms] = await events('sms?to=wrong-phone');
    expect(sms.exception.values.at(-1).value).toMatch(
      /^The 'To' number phone-[0-9a-f]{12} is not a valid phone number\.$/,
    );
    const [quoted] = await events('sms-quoted?to=wrong-phone');
    expect(quoted.exception.values.at(-1).value).toMatch(
      /^order 7 is not confirmed: The 'To' number phone-[0-9a-f]{12} is not a valid phone number\.$/,
    );
    expect(quoted.breadcrumbs).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^no message: The 'To' number phone-[0-9a-f]{12} is/) }),
    );
    const [login] = await events('mail-login?to=alice');
    expect(login.exception.values.at(-1).value).toBe(
      'Invalid login: 535 5.7.8 Error: authentication failed for [Filtered]',
    );
  });

  test('the event names the template', async () => {
    const [failed] = await events('mailer?to=unknown');
    expect(failed.tags['notification.template']).toBe('welcome');
    const [sent] = await events('mailer?to=alice');
    expect(deliveries(sent)[0].data.template).toBe('welcome');
    const [grid] = await events('sendgrid?to=unknown');
    expect(grid.tags['notification.template']).toBe('d-1234');
  });

  test('a part that is refused is a warning in the trail', async () => {
    const [fcm] = await events('fcm-each?to=device,gone-device,gone-device');
    expect(deliveries(fcm)).toMatchObject([
      { message: 'push failed', level: 'warning', data: { recipients: 3, failed: 2 } },
    ]);
    const [expo] = await events('expo?to=gone-expo,expo');
    expect(deliveries(expo)).toMatchObject([{ level: 'warning', data: { failed: 1, code: 'DeviceNotRegistered' } }]);
  });

  test('each of several mails is a breadcrumb', async () => {
    const [event] = await events('sendgrid-many?to=alice,bob');
    expect(deliveries(event)).toHaveLength(2);
  });

  test('a slow delivery is a warning', async () => {
    const [slow] = await events('mailer?to=slow');
    expect(slow).toMatchObject({
      message: 'Slow notification',
      level: 'warning',
      fingerprint: ['slow-notification', 'nodemailer welcome'],
      tags: { provider: 'nodemailer' },
      contexts: { operation: { name: 'nodemailer welcome', threshold: 500 } },
    });
    expect(slow.contexts.operation.duration).toBeGreaterThan(500);
  });

  // ES modules cannot be reached from outside.
  (lane === '11' ? test : test.failing)('a client that no provider has', async () => {
    const functions = await AppProcess.start({ lane, app: 'notifications', env: { ...env, FUNCTIONS: '1' } });
    const [event] = await events('mail-login?to=alice', functions);
    await functions.stop('SIGKILL');
    expect(deliveries(event)).toMatchObject([{ message: 'email failed', data: { code: 'EAUTH' } }]);
  });

  test('nothing is recorded if it is switched off', async () => {
    const off = await AppProcess.start({ lane, app: 'notifications', env: { ...env, OFF: '1' } });
    const [event] = await events('mail?to=alice', off);
    expect(deliveries(event)).toEqual([]);
    await off.stop('SIGKILL');
  });
});
