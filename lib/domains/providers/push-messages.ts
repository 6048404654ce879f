import { nameOf, read, readCode, readNumber, readText } from '../../grouping/index.js';
import { describeRecipients } from '../recipients.js';

const PUSH = { channel: 'push' };

/** Errors of push services: Firebase, APNs, web push and Expo. */
export function pushFacts(error: unknown): Record<string, unknown> | undefined {
  return firebase(error) ?? webPush(error) ?? apple(error) ?? expo(error);
}

/** `firebase-admin`. */
function firebase(error: unknown): Record<string, unknown> | undefined {
  const code = readText(error, 'code');
  return code?.startsWith('messaging/') ? { ...PUSH, provider: 'fcm', code } : undefined;
}

/** `web-push`; the endpoint identifies a browser, and allows sending to it. */
function webPush(error: unknown): Record<string, unknown> | undefined {
  if (nameOf(error) !== 'WebPushError') return undefined;
  const status = readNumber(error, 'statusCode');
  const endpoint = readText(error, 'endpoint');
  return {
    ...PUSH,
    provider: 'web-push',
    code: String(status),
    status,
    service: endpoint && URL.canParse(endpoint) ? new URL(endpoint).host : undefined,
    ...describeRecipients(endpoint),
  };
}

/** Reasons of APNs, as documented by Apple: `BadDeviceToken`. */
const REASON =
  /^(?:Bad(?:CollapseId|DeviceToken|ExpirationDate|MessageId|Priority|Topic|Certificate\w*|Path)|DeviceTokenNotForTopic|DuplicateHeaders|IdleTimeout|Invalid(?:PushType|ProviderToken)|Missing(?:DeviceToken|Topic|ProviderToken)|PayloadEmpty|PayloadTooLarge|TopicDisallowed|ExpiredProviderToken|ExpiredToken|Unregistered|TooManyRequests|TooManyProviderTokenUpdates)$/;

/** `apns2` and `@parse/node-apn`. */
function apple(error: unknown): Record<string, unknown> | undefined {
  const reason = readText(error, 'reason') ?? readText(read(error, 'response'), 'reason');
  if (reason === undefined || !REASON.test(reason)) return undefined;
  const token = read(read(error, 'notification'), 'deviceToken') ?? read(error, 'device');
  const status = readNumber(error, 'statusCode') ?? readNumber(error, 'status');
  return { ...PUSH, provider: 'apns', code: reason, status, ...describeRecipients(token) };
}

const EXPO =
  /^(?:PUSH_TOO_MANY_\w+|DeviceNotRegistered|MessageTooBig|MessageRateExceeded|InvalidCredentials|MismatchSenderId)$/;

/** `expo-server-sdk`, and tickets that an application throws. */
function expo(error: unknown): Record<string, unknown> | undefined {
  const code = readCode(error) ?? readCode(read(error, 'details'), 'error') ?? '';
  const answered = readText(error, 'message')?.startsWith('Expo responded with an error') === true;
  if (!EXPO.test(code) && !answered) return undefined;
  const status = readNumber(error, 'statusCode');
  const token = read(read(error, 'details'), 'expoPushToken');
  return { ...PUSH, provider: 'expo', code: code || String(status), status, ...describeRecipients(token) };
}
