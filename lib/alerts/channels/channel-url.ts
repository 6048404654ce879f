import { isIP } from 'node:net';
import { ConfigurationError } from '../../options/configuration-error.js';
import { isLoopback } from '../../client/own-addresses.js';

/**
 * Checks the address of a receiver.
 *
 * @throws ConfigurationError - unless it is `https:`, or `http:` on this machine
 */
export function channelUrl(value: unknown, path: string, example: string): URL {
  const url = typeof value === 'string' ? parse(value) : undefined;
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url)))) return url;
  throw new ConfigurationError({
    path,
    // A webhook's path is its secret.
    received: url ? `${url.protocol}//${url.host}/…` : typeof value === 'string' ? 'a text that is no URL' : value,
    expected: 'an https URL; http only on this machine (localhost, 127.0.0.1)',
    fix: `use for example ${example}`,
  });
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined; // the caller reports the expected form
  }
}

/** Whether a URL is on this machine. */
export function isLocal({ hostname }: URL): boolean {
  return isLocalHost(hostname.replace(/^\[|\]$/g, ''));
}

export function isLocalHost(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && isLoopback(host));
}
