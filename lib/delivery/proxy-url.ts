import { ConfigurationError } from '../options/configuration-error.js';

/** A proxy, and the option or variable that names it. */
interface Proxy {
  readonly url: string;
  readonly path: string;
}

/**
 * The proxy for a URL: the configured one, else `https_proxy` or `http_proxy`, unless `no_proxy` lists the host.
 * Hosts match by suffix, as in the SDK; variables may also be upper case.
 *
 * @throws ConfigurationError - if it is not the URL of an HTTP proxy
 */
export function proxyUrlFor(
  url: URL,
  configured: string | undefined,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const read = (name: string): Proxy | undefined => {
    const path = environment[name] === undefined ? name.toUpperCase() : name;
    const value = environment[path];
    return value === undefined ? undefined : { url: value, path };
  };
  const proxy: Proxy | undefined =
    configured === undefined
      ? ((url.protocol === 'https:' ? read('https_proxy') : undefined) ?? read('http_proxy'))
      : { url: configured, path: 'sdk.transportOptions.proxy' };
  const exempt = (read('no_proxy')?.url ?? '').split(',').map((name) => name.trim());
  const isExempt = exempt.some((name) => name !== '' && (url.host.endsWith(name) || url.hostname.endsWith(name)));
  if (!proxy || proxy.url === '' || isExempt) return undefined;
  assertProxyUrl(proxy);
  return proxy.url;
}

function assertProxyUrl({ url, path }: Proxy): void {
  if (isProxyUrl(url)) return;
  throw new ConfigurationError({
    path,
    received: url.replace(/^.*@/s, '…@'), // may contain a login
    expected: 'the URL of an HTTP proxy such as http://proxy.example.com:3128',
    fix: `correct ${path}, or list the host of the DSN in no_proxy`,
  });
}

function isProxyUrl(value: unknown): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(String(value));
    decodeURIComponent(username + password); // as the agent does
    return /^https?:$/.test(protocol) && hostname !== '';
  } catch {
    return false; // the caller reports the expected form
  }
}
