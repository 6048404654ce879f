import { getClient } from '@sentry/nestjs';
import { clientState } from '../../client/state.js';

/** A Nest client with the address of its service: as properties for TCP, MQTT and gRPC, in the options for the others. */
interface ServiceClient {
  host?: unknown;
  port?: unknown;
  /** Given or default. */
  url?: unknown;
  options?: { host?: unknown; port?: unknown; urls?: unknown; servers?: unknown };
}
type Targets = readonly (string | RegExp)[];

/** Whether the application names this service: only then may a packet carry a property that is not the application's. */
export function isNamedTraceTarget(client: object): boolean {
  const targets = configuredTargets();
  return targets !== undefined && matches(targets, client);
}

/** Whether headers with a trace may be sent to this service: to any, unless the application names some; as over HTTP. */
export function isTraceTarget(client: object): boolean {
  const targets = configuredTargets();
  return targets === undefined || matches(targets, client);
}

function configuredTargets(): Targets | undefined {
  return clientState.options?.tracing?.rpcTargets ?? getClient()?.getOptions().tracePropagationTargets;
}

function matches(targets: Targets, client: object): boolean {
  const addresses = addressesOf(client);
  return targets.some((target) =>
    addresses.some((address) => (typeof target === 'string' ? address.includes(target) : address.search(target) >= 0)),
  );
}

function addressesOf({ host, port, url, options = {} }: ServiceClient): string[] {
  const named: unknown[] = [url, options.urls, options.servers].flat();
  const addresses = named.filter((address) => typeof address === 'string');
  const name = host ?? options.host;
  if (typeof name === 'string') addresses.push(`${name}:${String(port ?? options.port)}`);
  return addresses;
}
