import { ConfigurationError } from '../../options/configuration-error.js';
import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import type { Duration } from '../../options/duration.js';
import { check } from '../../options/schema.js';
import { isInstalled, loadOptional } from '../../optional-dependencies/load-optional.js';
import { checkChannel, checkedLater } from './channel-options.js';
import { isLocalHost } from './channel-url.js';
import { DeliveryError } from './delivery-error.js';
import { htmlOf, subjectOf, textOf } from './email-text.js';

/**
 * Options of a transporter of nodemailer; those that most servers need.
 *
 * @example
 * ```ts
 * import { email } from 'nestjs-error-tracker/alerts';
 *
 * email({ smtp: { host: 'smtp.example.com', port: 465, secure: true }, to: ['oncall@example.com'] });
 * ```
 */
export interface TransportOptions {
  host: string;
  port?: number | undefined;
  /** TLS from the start, as on port 465. */
  secure?: boolean | undefined;
  auth?: { user: string; pass: string } | undefined;
  [option: string]: unknown;
}

/** Options of {@link email}. */
export interface EmailOptions {
  /**
   * `smtps://user:password@smtp.example.com`, or options of nodemailer. Over `smtp:`, a server on another machine must
   * offer STARTTLS, unless `requireTLS` is false (`smtp://mail.internal?requireTLS=false`).
   */
  smtp: string | TransportOptions;
  to: string[];
  /** Default: the user of the server if that is an address, otherwise the first recipient. */
  from?: string | undefined;
  /** Default: `1s`. */
  digest?: Duration | false | undefined;
}

interface Transporter {
  sendMail(mail: Record<string, unknown>): Promise<unknown>;
  close(): void;
}
interface Nodemailer {
  createTransport(options: Record<string, unknown>): Transporter;
  default?: Nodemailer;
}

const ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;
const NAMED_ADDRESS = /^[^\r\n<>]*<[^\s@<>,;:"]+@[^\s@<>,;:"]+>$/;
const TIMEOUT = 5_000;
/** A shorter login would be found in any text. */
const MIN_SECRET = 4;

const addresses = check(
  'one or more e-mail addresses',
  "use for example ['oncall@example.com']",
  (value) => Array.isArray(value) && value.length > 0 && value.every((each) => isAddress(each)),
);
const address = check('an e-mail address', "use for example 'alerts@example.com'", isAddress);

/**
 * Sends mail over SMTP with nodemailer, as HTML and as text.
 *
 * @throws ConfigurationError - if an option is missing, unknown or has a wrong value, or nodemailer is not installed
 * @example
 * ```ts
 * import { email } from 'nestjs-error-tracker/alerts';
 *
 * email({ smtp: process.env.SMTP_URL!, to: ['oncall@example.com'], from: 'alerts@example.com' });
 * ```
 */
export function email(options: EmailOptions): AlertChannel {
  checkChannel('email', options, { smtp: checkedLater, to: addresses, from: address }, ['smtp', 'to']);
  const server = serverOf(options.smtp);
  const { to, from = server.user ?? to[0] } = options;
  if (!isInstalled('nodemailer')) {
    throw new ConfigurationError({
      path: 'email',
      received: 'no package nodemailer',
      expected: 'nodemailer, which sends the mail',
      fix: 'npm install nodemailer',
    });
  }
  return {
    digest: options.digest,
    async send(notification, signal) {
      const loaded = loadOptional<Nodemailer>('nodemailer');
      const nodemailer = loaded?.default ?? loaded;
      if (!nodemailer) throw new DeliveryError('nodemailer is not installed', true);
      const transporter = nodemailer.createTransport({
        ...server.options,
        connectionTimeout: TIMEOUT,
        greetingTimeout: TIMEOUT,
        socketTimeout: TIMEOUT,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const close = () => {
        transporter.close();
      };
      signal.addEventListener('abort', close, { once: true });
      try {
        await transporter.sendMail(mailOf(notification, from, to));
      } catch (error) {
        throw failureOf(error, server.secrets);
      } finally {
        signal.removeEventListener('abort', close);
        close();
      }
    },
  };
}

/**
 * What has failed, without the login, which a server may repeat. A reply from 500 to 599 is permanent. Source: RFC 5321,
 * section 4.2.1.
 */
function failureOf(error: unknown, secrets: readonly string[]): DeliveryError {
  const { responseCode, message } = (error ?? {}) as { responseCode?: unknown; message?: unknown };
  const text = secrets.reduce((shown, secret) => shown.replaceAll(secret, '[Filtered]'), String(message));
  return new DeliveryError(text, typeof responseCode === 'number' && responseCode >= 500);
}

function mailOf(notification: AlertNotification, from: string | undefined, to: string[]): Record<string, unknown> {
  return {
    from,
    to,
    subject: subjectOf(notification),
    text: textOf(notification),
    html: htmlOf(notification),
    headers: { 'X-Alert-Id': notification.id, 'Auto-Submitted': 'auto-generated' },
  };
}

/** The options of nodemailer, the user if it is an address, and what errors must not repeat. */
function serverOf(smtp: unknown): {
  options: Record<string, unknown>;
  user: string | undefined;
  secrets: readonly string[];
} {
  const options: Record<string, unknown> =
    typeof smtp === 'string' ? optionsOf(smtp) : { ...((smtp ?? {}) as Record<string, unknown>) };
  if (typeof options.host !== 'string' || options.host.trim() === '') {
    throw new ConfigurationError({
      path: 'email.smtp',
      received: typeof smtp === 'string' ? 'a text without the host of a server' : 'no host',
      expected: 'the URL of an SMTP server, or an object with its host',
      fix: 'use for example smtps://user:password@smtp.example.com',
    });
  }
  if (options.ignoreTLS === true && !isLocalHost(options.host)) {
    throw new ConfigurationError({
      path: 'email.smtp',
      received: 'ignoreTLS, and a server on another machine',
      expected: 'a connection with TLS: alerts and the password would be readable on the way',
      fix: 'remove ignoreTLS, or use smtps://; requireTLS: false permits a server that has no TLS',
    });
  }
  options.requireTLS ??= !isLocalHost(options.host);
  const { user, pass } = (options.auth ?? {}) as { user?: unknown; pass?: unknown };
  const secrets = [pass, user].filter((each): each is string => typeof each === 'string' && each.length >= MIN_SECRET);
  return { options, user: isAddress(user) ? user : undefined, secrets };
}

function optionsOf(smtp: string): Record<string, unknown> {
  let url: URL;
  let auth: { user: string; pass: string } | undefined;
  try {
    url = new URL(smtp);
    const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    auth = user === '' ? undefined : { user, pass };
  } catch {
    return {}; // the caller reports the expected form
  }
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') return {};
  const { hostname, port, protocol, searchParams } = url;
  return {
    ...settingsIn(searchParams),
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port !== '' && { port: Number(port) }),
    secure: protocol === 'smtps:',
    ...(auth && { auth }),
  };
}

/**
 * The options of nodemailer in the query of a URL, as it reads them. It gets no `url`: before version 10, it would ignore
 * all other options, such as timeouts.
 *
 * @see https://nodemailer.com/smtp/
 */
function settingsIn(query: URLSearchParams): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  const tls: Record<string, unknown> = {};
  for (const [name, text] of query) {
    const value = text === 'true' ? true : text === 'false' ? false : text;
    if (name.startsWith('tls.')) tls[name.slice('tls.'.length)] = value;
    else settings[name] = value;
  }
  return Object.keys(tls).length > 0 ? { ...settings, tls } : settings;
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && (ADDRESS.test(value) || NAMED_ADDRESS.test(value));
}
