import { describeDomainError, notificationFacts, usePseudonyms, withoutRecipients } from '../../lib/domains';
import { Pseudonyms } from '../../lib/scrubbing';

/** Errors as the libraries throw them. */
const failing = (properties: object, message = 'no', name?: string): Error =>
  Object.assign(new Error(message), properties, name === undefined ? {} : { name });

class RestException extends Error {
  constructor(readonly status: number) {
    super('[HTTP 503] Failed to execute request');
  }
}
class TwilioServiceException extends Error {
  readonly code = 20001;
  constructor(readonly status: number) {
    super('[HTTP 400] Invalid Parameter Value');
  }
}
class ResponseError extends Error {
  readonly response = { body: { errors: [{ message: 'bad', field: 'from', help: null }] } };
  constructor(readonly code: number) {
    super('Bad Request');
  }
}

const KNOWN: [string, unknown, object][] = [
  [
    'a rejected recipient',
    failing({ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }),
    { provider: 'nodemailer', code: 'EENVELOPE', status: 550 },
  ],
  [
    'a mail server that is away',
    failing({ code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' }),
    { provider: 'nodemailer', code: 'ESOCKET', cause: 'ECONNREFUSED' },
  ],
  [
    'a login that failed',
    failing({ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }),
    { provider: 'nodemailer', code: 'EAUTH' },
  ],
  [
    'an error of Twilio',
    failing({ code: 21614, status: 400, moreInfo: 'https://www.twilio.com/docs/errors/21614' }),
    { provider: 'twilio', code: '21614', status: 400 },
  ],
  ['an answer of Twilio without a body', new RestException(503), { provider: 'twilio', code: '503', status: 503 }],
  ['a problem of Twilio', new TwilioServiceException(400), { provider: 'twilio', code: '20001', status: 400 }],
  ['an error of SendGrid', new ResponseError(400), { provider: 'sendgrid', code: 'from', status: 400, reason: 'bad' }],
  [
    'an error of Firebase',
    failing({ code: 'messaging/invalid-argument' }),
    { provider: 'fcm', code: 'messaging/invalid-argument' },
  ],
  [
    'an error of web push',
    failing({ statusCode: 410, endpoint: 'https://push.example.com/x' }, 'no', 'WebPushError'),
    { provider: 'web-push', code: '410', service: 'push.example.com' },
  ],
  [
    'an error of APNs',
    failing({ reason: 'BadDeviceToken', statusCode: 400, notification: { deviceToken: 'abc' } }),
    { provider: 'apns', code: 'BadDeviceToken', status: 400 },
  ],
  [
    'an error of Expo',
    failing({ code: 'PUSH_TOO_MANY_EXPERIENCE_IDS', statusCode: 400 }),
    { provider: 'expo', code: 'PUSH_TOO_MANY_EXPERIENCE_IDS' },
  ],
  ['a cause', new Error('not sent', { cause: failing({ code: 'EENVELOPE' }) }), { provider: 'nodemailer' }],
];

const FOREIGN: [string, unknown][] = [
  ['a connection of a database', failing({ code: 'ETIMEDOUT', command: { name: 'get' } })],
  ['a refused connection', failing({ code: 'ECONNREFUSED', syscall: 'connect' })],
  ['an error with a status', failing({ code: 400, status: 400, response: { body: { errors: [{ message: 'x' }] } } })],
  ['an error with a reason', failing({ reason: 'Unknown', statusCode: 400 })],
  ['a text', 'EENVELOPE'],
  ['nothing', undefined],
];

beforeAll(() => {
  usePseudonyms(new Pseudonyms('key', '1.0.0'));
});

test.each(KNOWN)('%s is recognised by its shape', (_name, error, facts) => {
  expect(notificationFacts(error)).toMatchObject(facts);
});

test.each(FOREIGN)('%s is not', (_name, error) => {
  expect(notificationFacts(error)).toBeUndefined();
});

test('recipients are pseudonyms, whoever names them', () => {
  const given = { recipient: ['Ada <ada@example.com>', '+1 555 123 4567', 'a-token'], template: 'welcome' };
  const { contexts, tags } = describeDomainError('notification', failing({ code: 'EENVELOPE' }), given);
  const { recipient } = contexts.notification as { recipient: string[] };
  expect(recipient).toHaveLength(3);
  expect(recipient[0]).toMatch(/^user-[0-9a-f]{12}@pseudonym\.invalid$/);
  expect(recipient[1]).toMatch(/^phone-[0-9a-f]{12}$/);
  expect(recipient[2]).toMatch(/^recipient-[0-9a-f]{12}$/);
  expect(tags).toMatchObject({ domain: 'notification', 'notification.template': 'welcome' });
  const again = describeDomainError('notification', new Error('no'), { recipient });
  expect(again.contexts.notification?.recipient).toEqual(recipient);
});

test.each([
  [`The 'To' number +15005550001 is not valid.`, [], `The 'To' number <phone> is not valid.`],
  ['to whatsapp:+15005550001: no', ['whatsapp:+15005550001'], 'to <phone>: no'],
  ['to +1 (500) 555-0001: no', [], 'to <phone>: no'],
  [`the 'To' number: +1500555XXXX`, [], `the 'To' number: <recipient>`],
  ['mailbox of shop full', ['shop'], 'mailbox of <recipient> full'],
  ['550 <ada@example.com>: no', ['Ada <ada@example.com>'], '550 <mail>: no'],
  ['535-5.7.8 code 21211, status 400 after 1500 ms on 2026-11-28', [], undefined],
  ['queued as SM0123456789abcdef0123456789abcdef', [], undefined],
  ['a man of 10', ['a'], undefined],
])('the answer of a provider without recipients: %s', (text, recipients, expected) => {
  const clean = withoutRecipients(text, ...recipients)
    .replace(/user-[0-9a-f]{12}@pseudonym\.invalid/g, '<mail>')
    .replace(/(phone|recipient)-[0-9a-f]{12}/g, '<$1>')
    .replace('<<mail>>', '<mail>');
  expect(clean).toBe(expected ?? text);
});
