import { marker } from '../../markers/marker.js';

/** Parts of a path before a secret, most of which whoever has the link may use once: `/reset-password/x`, `/token/x`. */
const OWNER = '(?:password|pwd|account|email|e-mail|user|auth|login|mfa|2fa)';
const SUBJECT =
  '(?:password|pwd|passwd|account|email|e-mail|mail|login|signin|sign-in|link|token|user|registration|signup)';
const STEPS =
  `${OWNER}?[-_/]?(?:reset|recover|recovery|forgot|magic|one-time|onetime|passwordless|verify|verification|confirm|confirmation|activate|activation|unlock)(?:[-_/]?${SUBJECT})?|` +
  '(?:change|set|create|new|edit)[-_/]?(?:password|pwd|passwd)|(?:password|pwd|passwd)[-_/](?:change|set|create|new|edit)|' +
  'magiclink|unsubscribe|opt-out|accept-invite|accept-invitation|invite|invites|invitation|invitations|(?:access-?|refresh-?|auth-?|api-?)?tokens?|api-?keys?';
/** What follows them: random, and longer than an identifier. */
const LINK = new RegExp(
  `(/(?:${STEPS})(?:/(?:confirm|verify|token|complete|done|new|edit|[\\w=-]{1,12}))?/)([\\w.~%=-]{16,800})(?=$|[/?#&\\s"'<>\`,;)\\]}\\\\])`,
  'gi',
);
const MAY_LINK =
  /reset|recover|forgot|passw|pwd|magic|one-?time|verif|confirm|activat|unlock|unsubscribe|opt-out|invit|token|api-?key/i;
/** Steps after which a shorter text, or a UUID, is the secret, not the name of a resource. */
const STRONG =
  /(?:password|pwd|passwd|email|magic|one-?time|passwordless|verif|confirm|activat|unlock|unsubscribe|recover)/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An id of MongoDB or a number. */
const ID = /^(?:[0-9a-f]{24}|\d+)$/i;

/** Replaces the secret in the path of a link that was sent to one person. */
export function scrubOneTimeLinks(text: string): string {
  if (!MAY_LINK.test(text)) return text;
  return text.replace(LINK, (all: string, head: string, secret: string) =>
    isRandom(secret, head) ? head + marker('link') : all,
  );
}

function isRandom(secret: string, head: string): boolean {
  if (ID.test(secret) || /\.(?:html?|[cm]?[jt]sx?|css|json|png|svg|php|map)$/i.test(secret)) return false;
  if (UUID.test(secret)) return STRONG.test(head);
  if (secret.length < 20 && !STRONG.test(head)) return false;
  const digits = secret.replace(/\D/g, '').length;
  // `reset-password-v2-instructions`: words
  return (
    digits >= 2 &&
    (digits * 8 >= secret.length || (/[a-z]/.test(secret) && /[A-Z]/.test(secret))) &&
    !/^[a-z]{3,}(?:[-_.][a-z\d]{1,12})+$/.test(secret)
  );
}
