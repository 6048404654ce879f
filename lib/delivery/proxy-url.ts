/**
 * The proxy for a URL: the configured one, else `https_proxy` or `http_proxy`, unless `no_proxy` lists the host.
 * Hosts match by suffix, as in the SDK; variables may be upper case, too.
 */
export function proxyUrlFor(
  url: URL,
  configured: string | undefined,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const read = (name: string) => environment[name] ?? environment[name.toUpperCase()];
  const proxy = configured ?? (url.protocol === 'https:' ? read('https_proxy') : undefined) ?? read('http_proxy');
  const exempt = (read('no_proxy') ?? '').split(',').map((name) => name.trim());
  const isExempt = exempt.some((name) => name !== '' && (url.host.endsWith(name) || url.hostname.endsWith(name)));
  return proxy && !isExempt ? proxy : undefined;
}
