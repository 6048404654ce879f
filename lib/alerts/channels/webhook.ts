import { createHmac, randomUUID } from 'node:crypto';
import { ConfigurationError } from '../../options/configuration-error.js';
import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import type { Duration } from '../../options/duration.js';
import { checkChannel, checkedLater, secretText } from './channel-options.js';
import { channelUrl } from './channel-url.js';
import { sendRequest } from './http-request.js';

/** Options of {@link webhook}. */
export interface WebhookOptions {
  /** `https:`, or `http:` on this machine. */
  url: string;
  /** The base64 key that signs, with or without `whsec_`. Default: not signed. */
  secret?: string | undefined;
  /** Default: `1s`. */
  digest?: Duration | false | undefined;
}

/**
 * Posts each notification as JSON, signed as Standard Webhooks describe: `webhook-id` stays the same for all tries,
 * `webhook-timestamp` is in seconds, `webhook-signature` is `v1,` and the HMAC-SHA256 of `id.timestamp.body`.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @throws ConfigurationError - if an option is missing, unknown or has a wrong value
 * @example
 * ```ts
 * import { webhook } from 'nestjs-error-tracker/alerts';
 *
 * webhook({ url: 'https://example.com/alerts', secret: process.env.WEBHOOK_SECRET });
 * ```
 */
export function webhook(options: WebhookOptions): AlertChannel {
  checkChannel('webhook', options, { url: checkedLater, secret: secretText }, ['url']);
  const url = channelUrl(options.url, 'webhook.url', 'https://example.com/alerts');
  const key = options.secret === undefined ? undefined : keyOf(options.secret);
  const ids = new WeakMap<AlertNotification, string>();
  return {
    digest: options.digest,
    async send(notification, signal) {
      const id = ids.get(notification) ?? `msg_${randomUUID()}`;
      ids.set(notification, id);
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const body = JSON.stringify(notification);
      const signature = key && createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        ...(signature !== undefined && { 'webhook-signature': `v1,${signature}` }),
      };
      await sendRequest({ url, headers, body, signal });
    },
  };
}

function keyOf(secret: string): Buffer {
  const text = secret.trim().replace(/^whsec_/, '');
  if (/^[\w+/-]+={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw new ConfigurationError({
    path: 'webhook.secret',
    received: 'a text without base64 characters',
    expected: 'a key in base64, with or without whsec_',
    fix: 'make one with: openssl rand -base64 32',
  });
}
