import { getClient } from '@sentry/nestjs';

/** A Nest client with the address of its service: as properties for TCP, in the options for other transports. */
interface ServiceClient {
  host?: unknown;
  port?: unknown;
  options?: { host?: unknown; port?: unknown; url?: unknown; urls?: unknown; servers?: unknown };
}

/** Whether a trace may be sent to this service, by the SDK's `tracePropagationTargets`, as for HTTP requests. */
export function isTrusted(client: object): boolean {
  const targets = getClient()?.getOptions().tracePropagationTargets;
  if (!targets) return true;
  const addresses = addressesOf(client);
  return targets.some((target) =>
    addresses.some((address) => (typeof target === 'string' ? address.includes(target) : address.search(target) >= 0)),
  );
}

function addressesOf({ host, port, options = {} }: ServiceClient): string[] {
  const named: unknown[] = [options.url, options.urls, options.servers].flat();
  const addresses = named.filter((address) => typeof address === 'string');
  const name = host ?? options.host;
  if (typeof name === 'string') addresses.push(`${name}:${String(port ?? options.port)}`);
  return addresses;
}
