import { jsonBody } from '../../domains/index.js';
import { methodOf } from '../../hooks/provider-instances.js';
import type { DeliveryFacts } from '../../context/deliveries.js';
import { read, readNumber, readText } from '../../grouping/index.js';

/** A call that sends something. */
export interface Outgoing {
  readonly facts: DeliveryFacts;
  /** Raw: they are kept until the call has ended, and only sent as pseudonyms. */
  readonly recipients: readonly unknown[];
}

/** A method of a library that sends notifications. */
export interface Sender {
  readonly method: string;
  /** Whether an object is a client of the library. */
  readonly matches: (candidate: object) => boolean;
  /** Whether a prototype in the package of the library is that of a client; default: `matches`. */
  readonly defines?: (prototype: object) => boolean;
  /** @returns undefined if the call sends nothing */
  describe(args: readonly unknown[]): Outgoing | undefined;
  /** How the client authenticates, which an answer may quote. */
  login?(client: object): readonly unknown[];
  /** What the answer of the provider says, if the library does not throw. */
  outcome?(result: unknown): Outcome | undefined;
}

export interface Outcome {
  /** How many notifications were refused. */
  readonly failed: number;
  readonly code?: string;
  /** What the error says that the library throws later. */
  readonly message?: string;
}

const has = (candidate: object, ...methods: string[]): boolean =>
  methods.every((method) => methodOf(candidate, method) !== undefined);

const own = (candidate: object, key: string): unknown => Object.getOwnPropertyDescriptor(candidate, key)?.value;

const addressees = (mail: unknown): unknown[] => [read(mail, 'to'), read(mail, 'cc'), read(mail, 'bcc')].flat();

const nodemailer: Sender = {
  method: 'sendMail',
  matches: (candidate) =>
    has(candidate, 'sendMail', 'use') && typeof read(own(candidate, 'transporter'), 'send') === 'function',
  defines: (prototype) => has(prototype, 'sendMail', 'use'),
  describe: ([mail]) => ({
    facts: { provider: 'nodemailer', channel: 'email', template: readText(mail, 'template') },
    recipients: addressees(mail),
  }),
  login: (client) => {
    const auth = read(read(client, 'options'), 'auth') ?? read(read(read(client, 'transporter'), 'options'), 'auth');
    return [read(auth, 'user'), read(auth, 'pass')];
  },
  outcome: (info) => countOf(read(info, 'rejected')),
};

const sendgrid: Sender = {
  method: 'send',
  matches: (candidate) => has(candidate, 'send', 'sendMultiple', 'setApiKey'),
  describe: ([mail]) => {
    if (Array.isArray(mail) || typeof mail !== 'object') return undefined; // it calls itself for each of them
    const personalizations = read(mail, 'personalizations');
    const to = Array.isArray(personalizations) ? personalizations.map((each: unknown) => read(each, 'to')).flat() : [];
    return {
      facts: { provider: 'sendgrid', channel: 'email', template: readText(mail, 'templateId') },
      recipients: [...addressees(mail), ...to],
    };
  },
};

const MESSAGES = /\/(Messages|Calls|Verifications)(?:\.json)?$/;
const CHANNELS: Readonly<Record<string, string>> = { Messages: 'sms', Calls: 'voice', Verifications: 'sms' };

const twilio: Sender = {
  method: 'request',
  matches: (candidate) => has(candidate, 'request', 'setAccountSid'),
  describe: ([request]) => {
    const kind = MESSAGES.exec(readText(request, 'uri') ?? '')?.[1];
    if (kind === undefined || readText(request, 'method')?.toUpperCase() !== 'POST') return undefined;
    const data = read(request, 'data');
    const to = readText(data, 'To');
    const channel = readText(data, 'Channel') ?? (to?.startsWith('whatsapp:') ? 'whatsapp' : CHANNELS[kind]);
    return { facts: { provider: 'twilio', channel, template: readText(data, 'ContentSid') }, recipients: [to] };
  },
  outcome: (response) => {
    const status = readNumber(response, 'statusCode') ?? 0;
    if (status < 400) return undefined;
    const body = jsonBody(read(response, 'body'));
    const code = readNumber(body, 'code') ?? status;
    return { failed: 1, code: String(code), message: readText(body, 'message') };
  },
};

const push = (provider: string, recipients: readonly unknown[]): Outgoing => ({
  facts: { provider, channel: 'push' },
  recipients,
});

const firebase = (method: string, recipientsOf: (message: unknown) => unknown[]): Sender => ({
  method,
  matches: (candidate) => has(candidate, method, 'send', 'subscribeToTopic'),
  describe: ([message]) => push('fcm', recipientsOf(message)),
  outcome: (result) => {
    const failed = readNumber(result, 'failureCount') ?? 0;
    const responses = read(result, 'responses');
    const first: unknown = Array.isArray(responses)
      ? responses.find((each: unknown) => read(each, 'error'))
      : undefined;
    return failed > 0 ? { failed, code: readText(read(first, 'error'), 'code') } : undefined;
  },
});
const target = (message: unknown): unknown =>
  read(message, 'token') ?? read(message, 'topic') ?? read(message, 'condition');
const listed = (messages: unknown): unknown[] => (Array.isArray(messages) ? messages : []);

const expo: Sender = {
  method: 'sendPushNotificationsAsync',
  matches: (candidate) => has(candidate, 'sendPushNotificationsAsync', 'chunkPushNotifications'),
  describe: ([messages]) =>
    push(
      'expo',
      listed(messages).flatMap((message) => read(message, 'to')),
    ),
  outcome: (tickets) => {
    const failed = listed(tickets).filter((ticket) => read(ticket, 'status') === 'error');
    if (failed.length === 0) return undefined;
    return { failed: failed.length, code: readText(read(failed[0], 'details'), 'error') };
  },
};

const webPush: Sender = {
  method: 'sendNotification',
  matches: (candidate) => has(candidate, 'sendNotification', 'generateRequestDetails', 'setVapidDetails'),
  describe: ([subscription]) => push('web-push', [subscription]),
};

const apns2: Sender = {
  method: 'send',
  matches: (candidate) =>
    has(candidate, 'send', 'sendMany') && typeof (own(candidate, 'keyId') ?? own(candidate, 'team')) === 'string',
  describe: ([notification]) => push('apns', [read(notification, 'deviceToken')]),
};

const nodeApn: Sender = {
  method: 'send',
  matches: (candidate) =>
    has(candidate, 'send', 'shutdown') && typeof read(own(candidate, 'client'), 'write') === 'function',
  describe: ([, recipients]) => push('apns', [recipients].flat()),
  outcome: (result) => {
    const failed = listed(read(result, 'failed'));
    if (failed.length === 0) return undefined;
    return { failed: failed.length, code: readText(read(failed[0], 'response'), 'reason') };
  },
};

function countOf(rejected: unknown): Outcome | undefined {
  const failed = listed(rejected).length;
  return failed > 0 ? { failed } : undefined;
}

export const SENDERS: readonly Sender[] = [
  nodemailer,
  sendgrid,
  twilio,
  firebase('send', (message) => [target(message)]),
  firebase('sendEach', (messages) => listed(messages).map(target)),
  firebase('sendEachForMulticast', (message) => [read(message, 'tokens')].flat()),
  firebase('sendMulticast', (message) => [read(message, 'tokens')].flat()),
  firebase('sendAll', (messages) => listed(messages).map(target)),
  expo,
  webPush,
  apns2,
  nodeApn,
];
